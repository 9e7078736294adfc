#include "ui/activations/MapScale.h"

#include <algorithm>
#include <cmath>

namespace resnet::ui {
namespace {

// The steps whose values share a scale with `step`.
std::vector<StepId> stepsInScope(ScaleScope scope, const Graph& graph, StepId step) {
    const ResidualUnit* unit = step == inputStep ? nullptr : graph.unitOf(step);
    if (scope == ScaleScope::Step || (scope == ScaleScope::Unit && !unit))
        return {step};
    std::vector<StepId> steps;
    if (scope == ScaleScope::Network) {
        for (StepId id = inputStep; id < graph.stepCount(); ++id)
            if (!graph.outputShape(id).isVector())
                steps.push_back(id);
    } else {
        steps.push_back(unit->input);
        for (StepId id = unit->first(); id <= unit->last(); ++id)
            steps.push_back(id);
    }
    return steps;
}

ValueRange withoutExtremes(const Statistics& statistics) {
    ValueRange range = rangeOf(statistics);
    if (range.isEmpty())
        return range;
    const auto extent = float(3.0 * statistics.norm / std::sqrt(double(statistics.count)));
    return {std::max(range.low, -extent), std::min(range.high, extent)};
}

}  // namespace

ValueRange rangeOf(const Statistics& statistics) {
    return statistics.count > 0 ? ValueRange{float(statistics.minimum), float(statistics.maximum)}
                                : emptyRange;
}

std::vector<ValueRange> mapScales(ScaleScope scope, ColorMap colors, const Graph& graph, StepId step,
                                  const Activations& activations, ActivationStatistics& statistics) {
    std::vector<ValueRange> scales;
    if (scope == ScaleScope::Channel) {
        if (const auto* entry = statistics.of(activations, step))
            for (const Statistics& channel : entry->channels)
                scales.push_back(scaleFor(colors, rangeOf(channel)));
        return scales;
    }
    std::vector<Statistics> parts;
    for (StepId id : stepsInScope(scope, graph, step))
        if (const auto* entry = statistics.of(activations, id))
            parts.push_back(entry->total);
    scales.push_back(scaleFor(colors, withoutExtremes(merged(parts))));
    return scales;
}

}  // namespace resnet::ui
