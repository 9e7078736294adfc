#pragma once

#include "core/network/Network.h"
#include "core/tensor/FeatureMaps.h"

namespace resnet {

// The kernels that make one output channel of a convolution, one map per input channel.
FeatureMapsPtr kernelsOf(const Network& network, StepId convolution, int channel);

}  // namespace resnet
