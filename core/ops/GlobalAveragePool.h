#pragma once

#include "core/ops/Maps.h"

namespace resnet {

// output[c] = mean of input[c] over all cells: C x H x W to C x 1 x 1.
void globalAveragePool(const MapsView& input, const MutableMapsView& output);

// output[c] = gradient[c] / cells, for every cell: C x 1 x 1 to C x H x W.
void globalAveragePoolBackward(const MapsView& gradient, const MutableMapsView& output);

}  // namespace resnet
