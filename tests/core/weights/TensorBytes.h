#pragma once

#include "core/tensor/Tensor.h"
#include "core/weights/SafetensorsWriter.h"
#include "tests/core/weights/ZipBytes.h"

#include <bit>
#include <string>
#include <vector>

namespace resnet {

// As F16, BF16, F32 or F64.
inline std::string encoded(const std::vector<float>& values, ElementType type) {
    if (type == ElementType::F32)
        return {reinterpret_cast<const char*>(values.data()), values.size() * sizeof(float)};
    std::string bytes;
    bytes.reserve(values.size() * byteSize(type));
    for (const float value : values) {
        if (type == ElementType::F16)
            appendNumber(bytes, toHalf(value));
        else if (type == ElementType::BF16)  // cut off
            appendNumber(bytes, std::uint16_t(std::bit_cast<std::uint32_t>(value) >> 16));
        else
            appendNumber(bytes, double(value));
    }
    return bytes;
}

// A safetensors file of numbers of one such type.
inline std::string safetensorsBytes(const StateDict& tensors, ElementType type) {
    std::vector<SafetensorsEntry> entries;
    std::string numbers;
    for (const auto& [name, tensor] : tensors) {
        entries.push_back({name, type, tensor.shape, 0, 0});
        numbers += encoded(tensor.values, type);
    }
    return serialiseSafetensorsHeader(entries) + numbers;
}

}  // namespace resnet
