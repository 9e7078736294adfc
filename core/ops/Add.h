#pragma once

#include "core/ops/Maps.h"
#include "core/ops/kernels/KernelTable.h"

#include <stop_token>

namespace resnet {

// output = mainPath + shortcut, value by value: F(x) + x.
// With gains: gains.mainPath * F(x) + gains.shortcut * x. A term whose gain is 0 is not read and may be
// empty.
void add(const MapsView& mainPath, const MapsView& shortcut, const MutableMapsView& output,
         const kernels::Table& kernels, const std::stop_token& stop = {}, const kernels::Gains& gains = {});

// Whether a sum with these gains is another than the plain one.
inline bool isWeighted(const kernels::Gains& gains) {
    return gains.mainPath != 1.0f || gains.shortcut != 1.0f;
}

}  // namespace resnet
