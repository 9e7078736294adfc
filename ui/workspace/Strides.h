#pragma once

#include "core/network/Graph.h"

namespace resnet::ui {

// Where the unit that a step belongs to ends; stem and head count as units.
StepId unitEnd(const Graph& graph, StepId step);
// The same for its stage.
StepId stageEnd(const Graph& graph, StepId step);
// The nearest end of a unit before a step, or the input.
StepId unitEndBefore(const Graph& graph, StepId step);

}  // namespace resnet::ui
