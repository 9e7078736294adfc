#include "core/attribution/PathLengths.h"

#include <algorithm>
#include <cmath>

namespace resnet {

namespace {

double normOf(const FeatureMaps& maps) {
    double sum = 0.0;
    for (std::size_t i = 0; i < maps.size(); ++i)
        sum += double(maps.data()[i]) * maps.data()[i];
    return std::sqrt(sum);
}

}  // namespace

std::optional<PathLengths> pathLengths(BackwardExecutor& backward, const Run& run,
                                       const GradientTarget& target, const std::stop_token& stop) {
    auto parts = backward.runByUnits(run, target, inputStep, stop);
    const auto whole = backward.run(run, target, {ReluRule::Derivative, inputStep, false}, stop);
    if (!parts || !whole)
        return std::nullopt;
    PathLengths made;
    made.parts = std::move(*parts);
    const FeatureMaps& gradient = *whole->of(inputStep);
    made.whole = normOf(gradient);
    double ways = 1.0;
    const double units = double(made.parts.size()) - 1.0;
    for (std::size_t k = 0; k < made.parts.size(); ++k) {
        made.norms.push_back(made.parts[k] ? normOf(*made.parts[k]) : 0.0);
        made.ways.push_back(std::round(ways));
        ways *= (units - double(k)) / (double(k) + 1.0);
    }
    double worst = 0.0;
    double largest = 0.0;
    for (std::size_t i = 0; i < gradient.size(); ++i) {
        double sum = 0.0;
        for (const FeatureMapsPtr& part : made.parts)
            sum += part ? part->data()[i] : 0.0f;
        worst = std::max(worst, std::abs(sum - gradient.data()[i]));
        largest = std::max(largest, std::abs(double(gradient.data()[i])));
    }
    made.sumError = largest > 0.0 ? worst / largest : worst;
    return made;
}

}  // namespace resnet
