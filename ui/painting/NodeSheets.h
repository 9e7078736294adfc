#pragma once

#include "ui/drawing/DiagramLayout.h"

namespace resnet::ui {

// What a block shows where no values are known: a stack of sheets from back to front, as large and as many as
// the maps on a logarithmic scale; a narrow bar for a vector.
std::vector<QRectF> sheetsOf(const DiagramNode& node);

}  // namespace resnet::ui
