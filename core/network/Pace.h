#pragma once

#include "core/network/Graph.h"

namespace resnet {

// How far to go at a time: one step, or to the end of a unit or stage.
enum class Pace { Step, Unit, Stage };

// Where going forward from a step leads; at the last step it stays.
StepId paceForward(const Graph& graph, StepId step, Pace pace);
// Where going back leads: to the step before, or the nearest end of a unit or stage; at the input it stays.
StepId paceBack(const Graph& graph, StepId step, Pace pace);

// Where the unit that a step belongs to ends; stem and head count as units.
StepId unitEnd(const Graph& graph, StepId step);
// The same for its stage.
StepId stageEnd(const Graph& graph, StepId step);

}  // namespace resnet
