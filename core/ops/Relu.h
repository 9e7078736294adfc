#pragma once

#include "core/ops/Maps.h"
#include "core/ops/kernels/KernelTable.h"

#include <stop_token>

namespace resnet {

// output = max(input, 0), value by value.
void relu(const MapsView& input, const MutableMapsView& output, const kernels::Table& kernels,
          const std::stop_token& stop = {});

// What a gradient becomes on its way back through a ReLU.
//   Derivative  the gradient where the input was above 0, else 0: the derivative, with ReLU'(0) = 0
//   Guided      the same, and 0 where the gradient is below 0 (Springenberg et al., arXiv 1412.6806)
enum class ReluRule { Derivative, Guided };

// `values` are the ReLU's inputs (or outputs: they are above 0 at the same places), of one image for all
// gradients or of each.
void reluBackward(const MapsView& gradient, const MapsView& values, ReluRule rule,
                  const MutableMapsView& output, const kernels::Table& kernels,
                  const std::stop_token& stop = {});

}  // namespace resnet
