#pragma once

#include "core/tensor/Tensor.h"

#include <vector>

namespace resnet {

// Units in each stage as the names "layerS.U.*" tell them; empty if there is no such name. A stage that is
// skipped counts 0 units.
std::vector<int> unitsPerStageIn(const StateDict& parameters);

}  // namespace resnet
