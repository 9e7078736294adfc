#pragma once

#include "core/network/Network.h"

namespace resnet {

// A convolution and the batch norm behind it as one line per channel: weights times scale, and then the
// shifts, one behind the other. Two layers that have the same one do the same, however they share it.
Tensor foldedLayer(const Network& network, StepId convolution, StepId batchNorm);

// ||b - a|| / ||a|| of two tensors of one shape; infinite where a is zero.
double relativeDifference(const Tensor& a, const Tensor& b);

}  // namespace resnet
