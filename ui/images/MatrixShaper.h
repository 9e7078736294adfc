#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <vector>

namespace resnet::ui {

// 8-bit RGB by a profile that is three curves and a matrix, as those of cameras and screens are, to sRGB: the
// same as Little CMS does, at half of its time and without the milliseconds that it needs to begin.
class MatrixShaper {
public:
    // `profile` is Little CMS's. Null if it is of another kind.
    static std::unique_ptr<MatrixShaper> of(void* profile);

    // Rows of `channels` samples a pixel, of which the first three are looked at.
    void convert(const std::uint8_t* row, int channels, std::uint8_t* rgb, int width) const;

private:
    // Red, green and blue light, and one number for alignment.
    using Light = std::array<float, 4>;

    // What each value of each channel adds to the light of the result, in units of the table below.
    std::array<std::array<Light, 256>, 3> m_parts;
};

}  // namespace resnet::ui
