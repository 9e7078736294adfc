#pragma once

#include <cstddef>

namespace resnet {

// What memory is read and written by, on every x86-64 and most ARM processors.
inline constexpr std::size_t cacheLineBytes = 64;
inline constexpr std::size_t cacheLineFloats = cacheLineBytes / sizeof(float);

// `floats` rounded up to whole cache lines.
constexpr std::size_t wholeCacheLines(std::size_t floats) {
    return (floats + cacheLineFloats - 1) / cacheLineFloats * cacheLineFloats;
}

}  // namespace resnet
