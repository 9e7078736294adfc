#pragma once

#include "ui/images/RowFormat.h"

#include <array>
#include <cstdint>
#include <vector>

namespace resnet::ui {

// How the samples of a TIFF picture are stored.
struct TiffSamples {
    enum class Kind { Integer, Float };

    Kind kind = Kind::Integer;
    int bits = 8;      // of a sample: 1 to 32; of a float 16, 32 or 64
    int perPixel = 3;  // in one plane: 1 where each sample has a plane of its own
    SampleSpace space = SampleSpace::Rgb;
    int alpha = -1;                // which sample; -1: none
    bool isPremultiplied = false;  // whether alpha is multiplied into the others
    bool isWhiteZero = false;      // grey
    bool isSignedLab = false;      // a and b around 0, not as ICC codes them
    // Of a palette, red, green and blue of every index; else empty.
    std::array<std::vector<std::uint8_t>, 3> palette;

    RowFormat format() const;
};

// What floats there were outside 0 to 1.
struct FloatRange {
    double least = 0;
    double most = 1;
    std::uint64_t outside = 0;
};

// Turns `count` stored pixels into samples of `samples.format()`. `planes` has one pointer, or one a sample,
// to the beginning of a row. Floats from 0 to 1 become the whole range of 16 bits; what is outside is cut,
// and counted.
void unpackTiffRow(const TiffSamples& samples, const std::vector<const std::uint8_t*>& planes, int count,
                   std::uint8_t* row, FloatRange& range);

}  // namespace resnet::ui
