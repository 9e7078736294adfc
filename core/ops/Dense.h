#pragma once

#include "core/ops/Maps.h"

namespace resnet {

// output[n] = bias[n] + sum over f of weight[n][f] * input[f]. `weight` is outputs x features, row-major;
// where `bias` is null, it is 0. Each sum is kept in double precision: the layer is tiny, and the logits are
// what everyone compares.
void dense(const MapsView& input, const float* weight, const float* bias, const MutableMapsView& output);

// output[f] = sum over n of gradient[n] * weight[n][f], in double precision.
void denseBackward(const MapsView& gradient, const float* weight, const MutableMapsView& output);

}  // namespace resnet
