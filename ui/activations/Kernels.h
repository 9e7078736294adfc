#pragma once

#include "core/explain/Kernels.h"
#include "core/model/Model.h"
#include "ui/painting/MapAtlas.h"

namespace resnet::ui {

// The step itself, or the nearest before it on the main path that has weights; the first convolution for the
// input.
StepId stepWithWeights(const Graph& graph, StepId step);

// The kernels of a convolution over the image's three channels as colour pictures, one an output channel:
// grey is a weight of zero, and each picture's largest weight has full strength.
MapAtlas colorKernels(const Network& network, StepId convolution, ChannelOrder order);

}  // namespace resnet::ui
