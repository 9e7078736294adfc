#pragma once

#include "core/tensor/FeatureMaps.h"
#include "core/tensor/Tensor.h"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace resnet {

// NumPy's .npy format (numpy.lib.format, versions 1 to 3): magic, version, header length, a Python dictionary
// {'descr', 'fortran_order', 'shape'}, data.

// Reads float32 in little-endian and C order; Error naming `file` and the field for anything else, and if the
// data is longer or shorter than the shape says. Memory stays within the size of `bytes`.
Tensor readNpy(std::span<const std::uint8_t> bytes, const std::string& file);

// The bytes of a version 1 file: float32, C x H x W.
std::vector<std::uint8_t> npyBytes(const FeatureMaps& maps);

}  // namespace resnet
