#include "core/network/Strides.h"

#include <algorithm>

namespace resnet {

StepId strideFrom(const Graph& graph, StepId step, Stride stride) {
    const StepId next = std::min(step + 1, graph.softmaxStep());
    return stride == Stride::Step   ? next
           : stride == Stride::Unit ? unitEnd(graph, next)
                                    : stageEnd(graph, next);
}

StepId unitEnd(const Graph& graph, StepId step) {
    if (const ResidualUnit* unit = graph.unitOf(step))
        return unit->last();
    const StepId stemEnd = graph.units().front().first() - 1;
    return step <= stemEnd ? stemEnd : graph.softmaxStep();
}

StepId stageEnd(const Graph& graph, StepId step) {
    const ResidualUnit* unit = graph.unitOf(step);
    if (!unit)
        return unitEnd(graph, step);
    return graph.unit(unit->stage, graph.spec().unitsPerStage[std::size_t(unit->stage)] - 1)->last();
}

StepId unitEndBefore(const Graph& graph, StepId step) {
    while (--step > inputStep)
        if (unitEnd(graph, step) == step)
            return step;
    return inputStep;
}

}  // namespace resnet
