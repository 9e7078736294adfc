#pragma once

#include "ui/painting/LandscapePainter.h"
#include "ui/training/PlaneMeasuring.h"

namespace resnet::ui {

// Measured planes side by side, with what the network itself says in the middle; interpolated between the
// places of the grid of this stride. Of no planes for a stride of 0: no grid is whole yet.
LandscapePicture landscapePicture(const std::vector<MeasuredPlane>& planes, int stride, bool isDivergence);

}  // namespace resnet::ui
