#pragma once

#include "ui/diagram/DiagramContent.h"

namespace resnet::ui {

// What a step is, in a line or three, for a tooltip.
QString descriptionOf(const Graph& graph, StepId step, StepState state);

}  // namespace resnet::ui
