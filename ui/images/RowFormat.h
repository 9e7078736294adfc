#pragma once

#include <cstddef>

namespace resnet::ui {

enum class SampleSpace { Grey, Rgb, Cmyk, Lab };

// How decoders hand over a row of pixels: the samples of a pixel beside each other, alpha last and not
// multiplied into the others, 8 or 16 bits each in the order of this machine. Lab as ICC codes it: L from 0
// to 100, a and b from -128 to 127, over the whole range.
struct RowFormat {
    SampleSpace space = SampleSpace::Rgb;
    bool hasAlpha = false;
    bool isDeep = false;      // 16 bits a sample
    bool isInverted = false;  // CMYK where the largest number is no ink

    // With alpha.
    int channels() const {
        return (space == SampleSpace::Grey ? 1 : space == SampleSpace::Cmyk ? 4 : 3) + (hasAlpha ? 1 : 0);
    }
    std::size_t pixelBytes() const { return std::size_t(channels()) * (isDeep ? 2 : 1); }
};

}  // namespace resnet::ui
