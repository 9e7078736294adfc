#pragma once

#include "ui/painting/LineChart.h"
#include "ui/training/PlaneMeasuring.h"

#include <vector>

namespace resnet::ui {

// What was measured along the first direction, through the middle: the loss and the accuracy, of all planes
// on one scale that ends where that of the map does. Empty for a stride of 0.
std::vector<LineChart> landscapeLine(const std::vector<MeasuredPlane>& planes, int stride, bool isDivergence);

}  // namespace resnet::ui
