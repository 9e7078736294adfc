#include "core/weights/ElementType.h"

#include <Eigen/Core>

#include <algorithm>
#include <array>
#include <bit>
#include <cassert>
#include <cstdint>
#include <cstring>
#include <sys/mman.h>
#include <vector>

namespace resnet {

static_assert(std::endian::native == std::endian::little, "files are little-endian and decoded in place");

namespace {

struct TypeInfo {
    ElementType type;
    std::string_view name;
    std::size_t size;
};

constexpr std::array elementTypes{
    TypeInfo{ElementType::Bool, "BOOL", 1},      TypeInfo{ElementType::U8, "U8", 1},
    TypeInfo{ElementType::I8, "I8", 1},          TypeInfo{ElementType::F8E4M3, "F8_E4M3", 1},
    TypeInfo{ElementType::F8E5M2, "F8_E5M2", 1}, TypeInfo{ElementType::U16, "U16", 2},
    TypeInfo{ElementType::I16, "I16", 2},        TypeInfo{ElementType::F16, "F16", 2},
    TypeInfo{ElementType::BF16, "BF16", 2},      TypeInfo{ElementType::U32, "U32", 4},
    TypeInfo{ElementType::I32, "I32", 4},        TypeInfo{ElementType::F32, "F32", 4},
    TypeInfo{ElementType::U64, "U64", 8},        TypeInfo{ElementType::I64, "I64", 8},
    TypeInfo{ElementType::F64, "F64", 8},
};

// Moves the half's exponent and fraction to where a float has them and corrects the bias by a multiplication,
// which is exact and turns subnormal halves into normal floats. No branches, so that it is vectorised.
inline float halfToFloat(std::uint16_t half) {
    const std::uint32_t magnitude = half & 0x7fffu;
    const float scaled = std::bit_cast<float>(magnitude << 13) * 0x1p112f;
    const std::uint32_t special = magnitude >= 0x7c00u ? 0x7f800000u : 0u;  // infinity and NaN
    const std::uint32_t sign = std::uint32_t(half & 0x8000u) << 16;
    return std::bit_cast<float>(std::bit_cast<std::uint32_t>(scaled) | special | sign);
}

inline float bfloatToFloat(std::uint16_t value) {
    return std::bit_cast<float>(std::uint32_t(value) << 16);
}

inline float doubleToFloat(double value) {
    return float(value);
}

// Converts in blocks of a fixed length, which the compiler vectorises at -O2 as well.
template <typename From, float (*convert)(From)>
void convertAll(const char* from, float* to, std::size_t count) {
    constexpr std::size_t block = 64;
    From values[block];
    float results[block];
    for (std::size_t i = 0; i < count; i += block) {
        const std::size_t length = std::min(block, count - i);
        if (length < block)
            std::fill(values, values + block, From{});
        std::memcpy(values, from + i * sizeof(From), length * sizeof(From));
        for (std::size_t k = 0; k < block; ++k)
            results[k] = convert(values[k]);
        std::memcpy(to + i, results, length * sizeof(float));
    }
}

// Takes bytes by `take(to, size)`, straight to where they belong if they are float32 already.
template <typename Take>
void decodeInPieces(ElementType type, float* to, std::size_t count, const Take& take) {
    if (type == ElementType::F32)
        return take(reinterpret_cast<char*>(to), count * sizeof(float));
    constexpr std::size_t piece = std::size_t(32) * 1024;
    std::vector<char> buffer(std::min(piece, count) * byteSize(type));
    for (std::size_t i = 0; i < count; i += piece) {
        const std::size_t length = std::min(piece, count - i);
        take(buffer.data(), length * byteSize(type));
        decode(buffer.data(), type, to + i, length);
    }
}

}  // namespace

std::size_t byteSize(ElementType type) {
    return elementTypes[std::size_t(type)].size;
}

std::string_view name(ElementType type) {
    return elementTypes[std::size_t(type)].name;
}

std::optional<ElementType> elementTypeNamed(std::string_view name) {
    const auto found = std::ranges::find(elementTypes, name, &TypeInfo::name);
    if (found == elementTypes.end())
        return std::nullopt;
    return found->type;
}

bool isDecodable(ElementType type) {
    return type == ElementType::F16 || type == ElementType::BF16 || type == ElementType::F32 ||
           type == ElementType::F64;
}

void decode(const char* from, ElementType type, float* to, std::size_t count) {
    switch (type) {
        case ElementType::F16:
            return convertAll<std::uint16_t, halfToFloat>(from, to, count);
        case ElementType::BF16:
            return convertAll<std::uint16_t, bfloatToFloat>(from, to, count);
        case ElementType::F64:
            return convertAll<double, doubleToFloat>(from, to, count);
        case ElementType::F32:
            if (count > 0)
                std::memcpy(to, from, count * sizeof(float));
            return;
        default:
            assert(!"decodable");
    }
}

void decode(const ByteSource& source, std::uint64_t offset, ElementType type, float* to, std::size_t count) {
    decodeInPieces(type, to, count, [&](char* piece, std::size_t size) {
        source.read(offset, piece, size);
        offset += size;
    });
}

void decode(SequentialSource& source, ElementType type, float* to, std::size_t count) {
    decodeInPieces(type, to, count, [&](char* piece, std::size_t size) { source.take(piece, size); });
}

std::uint16_t toHalf(float value) {
    return Eigen::half_impl::float_to_half_rtne(value).x;
}

void allocateValues(std::vector<float>& values, std::size_t count) {
    constexpr std::uintptr_t largePage = std::uintptr_t(2) * 1024 * 1024;
    values.clear();
    values.reserve(count);
    const auto address = reinterpret_cast<std::uintptr_t>(values.data());
    const std::uintptr_t begin = (address + largePage - 1) & ~(largePage - 1);
    const std::uintptr_t end = (address + count * sizeof(float)) & ~(largePage - 1);
    if (begin < end)  // advice: may fail
        ::madvise(reinterpret_cast<std::byte*>(values.data()) + (begin - address), end - begin,
                  MADV_HUGEPAGE);
    values.resize(count);
}

}  // namespace resnet
