#pragma once

#include "core/ops/Maps.h"
#include "core/ops/kernels/KernelTable.h"

#include <stop_token>

namespace resnet {

// output = max(input, 0), value by value.
void relu(const MapsView& input, const MutableMapsView& output, const kernels::Table& kernels,
          const std::stop_token& stop = {});

}  // namespace resnet
