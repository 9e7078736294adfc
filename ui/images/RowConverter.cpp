#include "ui/images/RowConverter.h"

#include <algorithm>
#include <lcms2.h>

namespace resnet::ui {

namespace {

template <typename Sample>
std::uint8_t toByte(Sample sample) {
    return sizeof(Sample) == 1 ? std::uint8_t(sample) : std::uint8_t((sample + 128u) / 257u);
}

template <typename Sample>
void convertPlainly(const RowFormat& format, const Sample* row, std::uint8_t* rgb, int width) {
    const int channels = format.channels();
    const std::uint8_t* end = rgb + std::size_t(width) * 3;
    if (format.space == SampleSpace::Rgb && channels == 3 && sizeof(Sample) == 1) {
        std::copy_n(row, width * 3, rgb);
    } else if (format.space == SampleSpace::Rgb) {
        for (; rgb != end; row += channels, rgb += 3)
            for (int c = 0; c < 3; ++c)
                rgb[c] = toByte(row[c]);
    } else if (format.space == SampleSpace::Grey) {
        for (; rgb != end; row += channels, rgb += 3)
            std::fill_n(rgb, 3, toByte(row[0]));
    } else {
        // What is not ink is light.
        const int flip = format.isInverted ? 0 : 255;
        for (; rgb != end; row += channels, rgb += 3)
            for (int c = 0; c < 3; ++c)
                rgb[c] = std::uint8_t(((toByte(row[c]) ^ flip) * (toByte(row[3]) ^ flip) + 127) / 255);
    }
}

template <typename Sample>
void compositeOnWhite(const RowFormat& format, const Sample* row, std::uint8_t* rgb, int width) {
    const int channels = format.channels();
    for (int x = 0; x < width; ++x, row += channels, rgb += 3) {
        const int alpha = toByte(row[channels - 1]);
        for (int c = 0; c < 3; ++c)
            rgb[c] = std::uint8_t((rgb[c] * alpha + 255 * (255 - alpha) + 127) / 255);
    }
}

}  // namespace

RowConverter::RowConverter(const RowFormat& format, const std::vector<std::uint8_t>& profile,
                           std::vector<std::string>& notes)
    : m_format(format), m_transform(ColorTransform::of(format, profile, notes)) {}

void RowConverter::convert(const std::uint8_t* row, std::uint8_t* rgb, int width) const {
    const auto* deepRow = reinterpret_cast<const std::uint16_t*>(row);
    if (m_transform)
        m_transform->convert(row, rgb, width);
    else if (m_format.isDeep)
        convertPlainly(m_format, deepRow, rgb, width);
    else
        convertPlainly(m_format, row, rgb, width);
    if (m_format.hasAlpha && m_format.isDeep)
        compositeOnWhite(m_format, deepRow, rgb, width);
    else if (m_format.hasAlpha)
        compositeOnWhite(m_format, row, rgb, width);
}

}  // namespace resnet::ui
