#pragma once

#include "ui/workspace/Workspace.h"

namespace resnet::ui {

// The cell of the current step that is explained: the selected one, else the one with the largest magnitude
// in the selected channel. Nothing for the input and while the step is not computed.
std::optional<Cell> tracedCell(const Workspace& workspace);

}  // namespace resnet::ui
