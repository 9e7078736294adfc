#include "ui/activations/MapScale.h"

#include "ui/workspace/RunStatistics.h"
#include "ui/workspace/Workspace.h"

#include <algorithm>
#include <cmath>

namespace resnet::ui {
namespace {

// The steps whose values share a scale with those shown.
std::vector<StepId> stepsInScope(ScaleScope scope, const Graph& graph, std::span<const StepId> shown) {
    const StepId last = shown.back();
    const ResidualUnit* unit = graph.unitOf(last);
    if (scope == ScaleScope::Step || (scope == ScaleScope::Unit && !unit))
        return {shown.begin(), shown.end()};
    std::vector<StepId> steps;
    if (scope == ScaleScope::Network) {
        for (StepId id = inputStep; id < graph.stepCount(); ++id)
            if (!graph.outputShape(id).isVector())
                steps.push_back(id);
    } else {
        steps.push_back(unit->input);
        for (const Step& step : graph.stepsOf(*unit))
            steps.push_back(step.id);
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

std::vector<ValueRange> mapScales(ScaleScope scope, ColorMap colors, const Graph& graph,
                                  std::span<const StepId> shown, const ShownMaps& maps,
                                  ActivationStatistics& statistics) {
    if (scope == ScaleScope::Channel) {
        std::vector<ValueRange> ranges(std::size_t(graph.outputShape(shown.front()).channels), emptyRange);
        for (StepId id : shown)
            for (const FeatureMapsPtr& each : maps.onOneScale(id)) {
                const auto* entry = statistics.of(each);
                for (std::size_t c = 0; c < ranges.size(); ++c)
                    ranges[c] = united(ranges[c], rangeOf(entry->channels[c]));
            }
        std::ranges::transform(ranges, ranges.begin(),
                               [&](const ValueRange& range) { return scaleFor(colors, range); });
        return ranges;
    }
    std::vector<Statistics> parts;
    for (StepId id : stepsInScope(scope, graph, shown))
        for (const FeatureMapsPtr& each : maps.onOneScale(id))
            parts.push_back(statistics.of(each)->total);
    return {scaleFor(colors, withoutExtremes(merged(parts)))};
}

std::vector<ValueRange> scalesShown(Workspace& workspace, ColorMap colors, std::span<const StepId> shown) {
    const bool isComputed =
        std::ranges::any_of(shown, [&](StepId step) { return workspace.shown().has(step); });
    if (!isComputed)
        return {};
    ScaleScope scope = workspace.settings().scope;
    if (scope == ScaleScope::Network && !workspace.statistics().wantAll())
        scope = ScaleScope::Step;
    return mapScales(scope, colors, workspace.session().graph(), shown, workspace.shown(),
                     workspace.statistics().values());
}

}  // namespace resnet::ui
