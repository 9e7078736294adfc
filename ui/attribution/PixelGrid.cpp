#include "ui/attribution/PixelGrid.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace resnet::ui {

int projectionPeriod(const Graph& graph) {
    for (const ResidualUnit& unit : graph.units())
        for (const StepId id : unit.shortcut) {
            const Step& step = graph.step(id);
            if (step.kind == StepKind::Convolution && step.window.kernel == 1 && step.window.stride > 1)
                return step.fieldX.stride;
        }
    return 0;
}

double gridContrast(const FeatureMaps& map, int period) {
    std::vector<double> sums(std::size_t(period) * std::size_t(period));
    std::vector<int> counts(sums.size());
    double total = 0.0;
    for (int y = 0; y < map.height(); ++y)
        for (int x = 0; x < map.width(); ++x) {
            const std::size_t place = std::size_t(y % period) * std::size_t(period) + std::size_t(x % period);
            sums[place] += std::abs(double(map.at(0, y, x)));
            ++counts[place];
            total += std::abs(double(map.at(0, y, x)));
        }
    const double mean = total / double(map.size());
    double strongest = 0.0;
    for (std::size_t i = 0; i < sums.size(); ++i)
        if (counts[i] > 0)
            strongest = std::max(strongest, sums[i] / counts[i]);
    return mean > 0.0 ? strongest / mean : 1.0;
}

}  // namespace resnet::ui
