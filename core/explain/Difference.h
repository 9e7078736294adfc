#pragma once

#include "core/tensor/FeatureMaps.h"

namespace resnet {

// a - b, cell by cell; both are of one shape.
FeatureMaps difference(const FeatureMaps& a, const FeatureMaps& b);
// Of one channel, 1 x h x w.
FeatureMaps difference(const FeatureMaps& a, const FeatureMaps& b, int channel);

}  // namespace resnet
