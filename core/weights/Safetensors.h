#pragma once

#include "core/files/ByteSource.h"
#include "core/tensor/Tensor.h"
#include "core/weights/ElementType.h"

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

namespace resnet {

// The safetensors format: a u64 little-endian N, N bytes of JSON that give each tensor's type, shape and
// place, then the numbers. Source: github.com/huggingface/safetensors, README, "Format".

using Metadata = std::map<std::string, std::string, std::less<>>;

struct SafetensorsEntry {
    std::string name;
    ElementType type{};
    std::vector<std::int64_t> shape;
    std::uint64_t begin = 0;  // position of the numbers in the file
    std::uint64_t end = 0;
};

struct SafetensorsHeader {
    std::vector<SafetensorsEntry> tensors;  // in the order of their numbers
    Metadata metadata;
};

struct SafetensorsFile {
    StateDict tensors;
    Metadata metadata;
};

// Reads and checks everything but the numbers: sizes fit, tensors lie side by side from the header to the
// end. Throws Error.
SafetensorsHeader readSafetensorsHeader(const ByteSource& source);

// Reads F16, BF16, F32 and F64 tensors as float32. "*.num_batches_tracked" is left out; a tensor of any other
// type is an error, and so is a file without tensors. Throws Error.
SafetensorsFile readSafetensors(const ByteSource& source);
SafetensorsFile readSafetensors(const std::string& path);

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
