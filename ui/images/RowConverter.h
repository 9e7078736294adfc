#pragma once

#include "ui/images/ColorTransform.h"

namespace resnet::ui {

// Turns rows into 8-bit sRGB over white. Any number of threads may convert at the same time.
class RowConverter {
public:
    // A profile that cannot be used is left out with a note; one that changes colours is told in a note.
    RowConverter(const RowFormat& format, const std::vector<std::uint8_t>& profile,
                 std::vector<std::string>& notes);

    void convert(const std::uint8_t* row, std::uint8_t* rgb, int width) const;

private:
    RowFormat m_format;
    std::unique_ptr<ColorTransform> m_transform;  // null: by the plain formulas
};

}  // namespace resnet::ui
