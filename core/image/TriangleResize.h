#pragma once

#include "core/image/Image.h"

#include <cstdint>

namespace resnet {

// A stretch of the resized picture along one axis: pixels [start, start + size) of `fullSize`.
struct ResizedRange {
    std::int64_t fullSize = 0;
    std::int64_t start = 0;
    int size = 0;
};

// A window of the picture resized to rows.fullSize x columns.fullSize with an antialiased triangle filter:
// the same 8-bit values as Pillow's BILINEAR gives (two passes, coefficients of 22 bits, rounded after each).
// Only what the window needs is computed, so that a resized picture of any size costs no memory.
// The picture must not be empty, and the ranges lie within the full size.
Image triangleResize(const Image& image, const ResizedRange& rows, const ResizedRange& columns);

}  // namespace resnet
