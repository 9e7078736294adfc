#include "core/attribution/GradientWalk.h"

#include "core/Error.h"

#include <cmath>

namespace resnet {

namespace {

double product(const FeatureMaps& a, const FeatureMaps& b) {
    double sum = 0.0;
    for (std::size_t i = 0; i < a.size(); ++i)
        sum += double(a.data()[i]) * b.data()[i];
    return sum;
}

FeatureMapsPtr between(const FeatureMaps& from, const FeatureMaps& to, double share) {
    auto made = std::make_shared<FeatureMaps>(from.shape());
    for (std::size_t i = 0; i < from.size(); ++i)
        made->data()[i] = float((1.0 - share) * from.data()[i] + share * to.data()[i]);
    return made;
}

}  // namespace

std::optional<GradientWalk> gradientWalk(Executor& forward, BackwardExecutor& backward,
                                         const FeatureMaps& from, const FeatureMaps& to, int points,
                                         int classIndex, const std::stop_token& stop) {
    if (points < 2 || points > 200)
        throw Error("points: expected 2 to 200, found " + std::to_string(points));
    if (from.shape() != to.shape())
        throw Error("the way's end: expected " + shapeText(from.shape()) + ", found " +
                    shapeText(to.shape()));
    const Graph& graph = forward.packed()->graph();
    std::vector<FeatureMapsPtr> gradients;
    GradientWalk made;
    for (int point = 0; point < points; ++point) {
        Run run = forward.start(between(from, to, double(point) / (points - 1)));
        if (forward.run(run, graph.logitsStep(), stop) == RunOutcome::Cancelled)
            return std::nullopt;
        const auto found =
            backward.run(run, scoreOf(graph, classIndex), {ReluRule::Derivative, inputStep, false}, stop);
        if (!found)
            return std::nullopt;
        gradients.push_back(found->of(inputStep));
        made.norms.push_back(std::sqrt(product(*gradients.back(), *gradients.back())));
    }
    for (int lag = 0; lag < points; ++lag) {
        double sum = 0.0;
        for (int a = 0; a + lag < points; ++a) {
            const std::size_t i = std::size_t(a);
            const std::size_t j = i + std::size_t(lag);
            sum += product(*gradients[i], *gradients[j]) / (made.norms[i] * made.norms[j]);
        }
        made.share.push_back(double(lag) / (points - 1));
        made.likeness.push_back(sum / (points - lag));
    }
    return made;
}

}  // namespace resnet
