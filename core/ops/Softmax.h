#pragma once

#include "core/ops/Maps.h"

namespace resnet {

// output[i] = exp(input[i] - max) / sum over j of exp(input[j] - max), for vectors of N values.
void softmax(const MapsView& input, const MutableMapsView& output);

// output[i] = p[i] * (gradient[i] - sum over j of gradient[j] * p[j]), with the softmax p.
void softmaxBackward(const MapsView& gradient, const MapsView& softmax, const MutableMapsView& output);

}  // namespace resnet
