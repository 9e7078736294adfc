#include "ui/painting/BlockChannels.h"

#include "core/explain/Statistics.h"

#include <algorithm>
#include <utility>

namespace resnet::ui {

int stageOf(const Graph& graph, StepId step) {
    const bool isHead = step >= graph.head().front().id;
    return isHead ? graph.stageCount() - 1 : graph.step(step).stage;
}

StepId decidingStep(const Graph& graph, int stage) {
    return stage < 0 ? graph.stem().back().id : graph.stage(stage).front().last();
}

BlockChannels::BlockChannels(const Graph* graph, ChannelOfStage selected)
    : m_graph(graph),
      m_selected(std::move(selected)),
      m_strongest(graph ? std::size_t(graph->stepCount()) : 0) {}

void BlockChannels::forget(StepId step) {
    m_strongest[std::size_t(step)].reset();
}

void BlockChannels::forgetAll() {
    std::ranges::fill(m_strongest, std::nullopt);
}

ShownChannel BlockChannels::of(const Step& step, const MapsOfStep& mapsOf) {
    if (const auto selected = m_selected.find(stageOf(*m_graph, step.id));
        selected != m_selected.end() && selected->second < step.output.channels)
        return {selected->second, true};
    if (const auto channel = strongest(decidingStep(*m_graph, stageOf(*m_graph, step.id)), mapsOf);
        channel && *channel < step.output.channels)
        return {*channel, false};
    return {strongest(step.id, mapsOf).value_or(0), false};
}

std::optional<int> BlockChannels::strongest(StepId step, const MapsOfStep& mapsOf) {
    std::optional<int>& known = m_strongest[std::size_t(step)];
    if (!known)
        if (const FeatureMapsPtr maps = mapsOf(step).maps)
            known = strongestChannel(*maps);
    return known;
}

}  // namespace resnet::ui
