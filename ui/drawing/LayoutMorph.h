#pragma once

#include "ui/drawing/DiagramLayout.h"

namespace resnet::ui {

// The drawing `to` on its way from `from`: at 0 its parts lie where their counterparts lay, or within the
// block they come out of; at 1 it is `to`.
DiagramLayout morphed(const DiagramLayout& from, const DiagramLayout& to, double t);

// Where a group stands in a drawing: its block, its frame, or the blocks it consists of. Null if nowhere.
QRectF placeOf(const DiagramLayout& layout, StepId first, StepId last);

}  // namespace resnet::ui
