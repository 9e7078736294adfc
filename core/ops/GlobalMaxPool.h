#pragma once

#include "core/ops/Maps.h"

namespace resnet {

// output[c] = largest of input[c] over all cells: C x H x W to C x 1 x 1. Not-a-number among them wins.
void globalMaxPool(const MapsView& input, const MutableMapsView& output);

}  // namespace resnet
