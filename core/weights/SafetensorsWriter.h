#pragma once

#include "core/weights/SafetensorsReader.h"

#include <span>

namespace resnet {

// A tensor to be written. `type` is F32 or F16.
struct TensorToWrite {
    std::string name;
    std::vector<std::int64_t> shape;
    std::span<const float> values;
    ElementType type = ElementType::F32;
};

// The length and the JSON that a file with these tensors, in this order, begins with; `begin` and `end` are
// not used.
std::string serialiseSafetensorsHeader(std::span<const SafetensorsEntry> tensors,
                                       const Metadata& metadata = {});

// The bytes of a file that holds the tensors in this order.
std::string serialiseSafetensors(std::span<const TensorToWrite> tensors, const Metadata& metadata = {});

}  // namespace resnet
