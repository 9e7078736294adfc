#pragma once

#include "core/ops/Maps.h"

namespace resnet {

// output[i] = exp(input[i] - max) / sum over j of exp(input[j] - max), for vectors of N values.
void softmax(const MapsView& input, const MutableMapsView& output);

}  // namespace resnet
