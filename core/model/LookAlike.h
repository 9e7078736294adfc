#pragma once

#include "core/tensor/Tensor.h"

#include <optional>
#include <string>

namespace resnet {

// What a state dict that is no ResNet of basic units seems to be: "a ResNet-50 (its units have three
// convolutions)". Nothing if none of the known families fits.
std::optional<std::string> lookAlike(const StateDict& parameters);

}  // namespace resnet
