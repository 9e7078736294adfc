#include "core/experiments/RunComparison.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>

namespace resnet {

double relativeDifference(const FeatureMaps& a, const FeatureMaps& b) {
    constexpr double infinite = std::numeric_limits<double>::infinity();
    if (a.shape() != b.shape())
        return infinite;
    if (std::memcmp(a.data(), b.data(), a.size() * sizeof(float)) == 0)
        return 0.0;
    double difference = 0.0;
    double norm = 0.0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        const double from = a.data()[i];
        const double to = b.data()[i];
        if (from == to)  // equal infinities, too
            continue;
        if (!std::isfinite(from) || !std::isfinite(to))
            return infinite;
        difference += (to - from) * (to - from);
    }
    for (std::size_t i = 0; i < a.size(); ++i)
        norm += double(a.data()[i]) * a.data()[i];
    if (difference == 0.0)
        return 0.0;
    return norm > 0.0 && std::isfinite(norm) ? std::sqrt(difference / norm) : infinite;
}

const StepDifference* RunComparison::first(double tolerance) const {
    const auto found = std::ranges::find_if(
        steps, [&](const StepDifference& each) { return !(each.relative <= tolerance); });
    return found == steps.end() ? nullptr : &*found;
}

double RunComparison::largest() const {
    double largest = 0.0;
    for (const StepDifference& each : steps)
        largest = std::max(largest, each.relative);
    return largest;
}

RunComparison compared(const Run& a, const Run& b) {
    RunComparison comparison;
    const auto add = [&](StepId ofA, StepId ofB) {
        if (!a.has(ofA) || !b.has(ofB))
            return;
        const FeatureMaps& one = *a.output(ofA);
        const FeatureMaps& other = *b.output(ofB);
        comparison.steps.push_back(
            {a.graph().stepName(ofA), relativeDifference(one, other), one.shape() == other.shape()});
    };
    add(inputStep, inputStep);
    for (const Step& step : a.graph().steps()) {
        if (const std::optional<StepId> partner = b.graph().find(step.name))
            add(step.id, *partner);
        else
            comparison.onlyInA.push_back(step.name);
    }
    for (const Step& step : b.graph().steps())
        if (!a.graph().find(step.name))
            comparison.onlyInB.push_back(step.name);
    return comparison;
}

}  // namespace resnet
