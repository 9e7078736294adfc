#include "core/network/Pace.h"

#include <algorithm>

namespace resnet {

namespace {

// The last step of what `step` belongs to.
StepId endOf(const Graph& graph, StepId step, Pace pace) {
    return pace == Pace::Step ? step : pace == Pace::Unit ? unitEnd(graph, step) : stageEnd(graph, step);
}

}  // namespace

StepId paceForward(const Graph& graph, StepId step, Pace pace) {
    return endOf(graph, std::min(step + 1, graph.softmaxStep()), pace);
}

StepId paceBack(const Graph& graph, StepId step, Pace pace) {
    while (--step > inputStep)
        if (endOf(graph, step, pace) == step)
            return step;
    return inputStep;
}

StepId unitEnd(const Graph& graph, StepId step) {
    if (const ResidualUnit* unit = graph.unitOf(step))
        return unit->last();
    const StepId stemEnd = graph.stem().back().id;
    return step <= stemEnd ? stemEnd : graph.head().back().id;
}

StepId stageEnd(const Graph& graph, StepId step) {
    const ResidualUnit* unit = graph.unitOf(step);
    return unit ? graph.stage(unit->stage).back().last() : unitEnd(graph, step);
}

}  // namespace resnet
