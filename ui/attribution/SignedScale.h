#pragma once

#include "core/tensor/FeatureMaps.h"
#include "ui/painting/MapImage.h"

namespace resnet::ui {

// The diverging scale of a map beyond which this share of its values goes: a few pixels are far above all
// others, and would leave those without colour.
ValueRange scaleWithout(const FeatureMaps& map, double share);

}  // namespace resnet::ui
