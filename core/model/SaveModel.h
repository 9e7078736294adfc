#pragma once

#include "core/model/Model.h"

#include <string>

namespace resnet {

enum class Precision { Single, Half };

// The bytes of a safetensors file that openModel() makes the same model of: the parameters under
// torchvision's names, and all settings as metadata. Half stores kernels and the dense matrix as F16, vectors
// stay F32. Throws Error if a number is too large for that.
std::string serialiseModel(const Model& model, Precision precision = Precision::Single);

}  // namespace resnet
