#pragma once

#include "core/files/ByteSource.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace resnet {

// The number formats of tensors in files, under safetensors' names.
enum class ElementType { Bool, U8, I8, F8E4M3, F8E5M2, U16, I16, F16, BF16, U32, I32, F32, U64, I64, F64 };

std::size_t byteSize(ElementType type);
std::string_view name(ElementType type);
std::optional<ElementType> elementTypeNamed(std::string_view name);
// F16, BF16, F32 and F64: what a parameter may be stored as.
bool isDecodable(ElementType type);

// Decodes `count` little-endian numbers at `offset` of a source to float32, in pieces of bounded size. F64
// rounds to nearest. The type must be decodable.
void decode(const ByteSource& source, std::uint64_t offset, ElementType type, float* to, std::size_t count);

// The same of a source's next numbers.
void decode(SequentialSource& source, ElementType type, float* to, std::size_t count);

// The same from memory.
void decode(const char* from, ElementType type, float* to, std::size_t count);

// Rounds to nearest, ties to even; what is out of range becomes infinite.
std::uint16_t toHalf(float value);

// Makes room for `count` numbers, in large pages where that pays: reading weights is mostly the cost of the
// memory they go to.
void allocateValues(std::vector<float>& values, std::size_t count);

}  // namespace resnet
