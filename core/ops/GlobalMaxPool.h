#pragma once

#include "core/ops/Maps.h"

namespace resnet {

// output[c] = largest of input[c] over all cells: C x H x W to C x 1 x 1. Not-a-number among them wins.
void globalMaxPool(const MapsView& input, const MutableMapsView& output);

// Gives each channel's gradient to the cell that gave the largest value, the first of equal ones; `values` is
// the operation's input, one image of which stands for all.
void globalMaxPoolBackward(const MapsView& gradient, const MapsView& values, const MutableMapsView& output);

}  // namespace resnet
