#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace resnet {

// A decoded picture: 8-bit RGB, rows from the top, no padding between them.
struct Image {
    int width = 0;
    int height = 0;
    std::vector<std::uint8_t> rgb;  // height x width x 3

    bool isEmpty() const { return rgb.empty(); }
    const std::uint8_t* pixel(int y, int x) const { return rgb.data() + (std::size_t(y) * width + x) * 3; }
    bool operator==(const Image&) const = default;
};

}  // namespace resnet
