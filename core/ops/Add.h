#pragma once

#include "core/ops/Maps.h"
#include "core/ops/kernels/KernelTable.h"

#include <stop_token>

namespace resnet {

// output = mainPath + shortcut, value by value: F(x) + x.
void add(const MapsView& mainPath, const MapsView& shortcut, const MutableMapsView& output,
         const kernels::Table& kernels, const std::stop_token& stop = {});

}  // namespace resnet
