#include "ui/images/TiffRows.h"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace resnet::ui {

namespace {

template <typename Number>
Number numberAt(const std::uint8_t* plane, std::size_t index) {
    Number number;
    std::memcpy(&number, plane + index * sizeof(Number), sizeof(Number));
    return number;
}

// Samples of other widths stand bit behind bit, the highest first.
std::uint32_t bitsAt(const std::uint8_t* plane, std::size_t index, int bits) {
    std::uint32_t number = 0;
    for (std::size_t bit = index * std::size_t(bits); bit < (index + 1) * std::size_t(bits); ++bit)
        number = number << 1 | (plane[bit / 8] >> (7 - bit % 8) & 1u);
    return number;
}

std::uint32_t integerAt(const std::uint8_t* plane, std::size_t index, int bits) {
    return bits == 8    ? plane[index]
           : bits == 16 ? numberAt<std::uint16_t>(plane, index)
           : bits == 32 ? numberAt<std::uint32_t>(plane, index)
                        : bitsAt(plane, index, bits);
}

// IEEE 754 binary16.
double halfAt(const std::uint8_t* plane, std::size_t index) {
    const auto half = numberAt<std::uint16_t>(plane, index);
    const int exponent = half >> 10 & 31;
    const int mantissa = half & 1023;
    const double size = exponent == 31  ? (mantissa ? NAN : INFINITY)
                        : exponent == 0 ? std::ldexp(mantissa, -24)
                                        : std::ldexp(mantissa + 1024, exponent - 25);
    return half & 0x8000 ? -size : size;
}

double floatAt(const std::uint8_t* plane, std::size_t index, int bits) {
    return bits == 16   ? halfAt(plane, index)
           : bits == 32 ? double(numberAt<float>(plane, index))
                        : numberAt<double>(plane, index);
}

std::uint16_t unitToSample(double value, FloatRange& range) {
    if (value >= 0 && value <= 1)
        return std::uint16_t(std::lround(value * 65535));
    ++range.outside;
    range.least = std::min(range.least, value);  // the same if it is no number
    range.most = std::max(range.most, value);
    return value > 1 ? 65535 : 0;
}

// Over the whole range of the sample that is handed on.
template <typename Sample>
Sample widened(std::uint32_t value, int bits) {
    constexpr int whole = sizeof(Sample) * 8;
    if (bits == whole)
        return Sample(value);
    if (bits > whole)
        return Sample(value >> (bits - whole));
    return Sample(std::uint64_t(value) * ((1u << whole) - 1) / ((1u << bits) - 1));
}

// L, a and b as ICC codes them. TIFF 6.0, section 23: L over the whole range, a and b signed, in 16 bits as
// 256 times what they are. Adobe's technical note 4 of 1995 adds 128 to a and b, and ends L at FF00.
std::uint8_t labSample(std::uint8_t value, int channel, bool isSigned) {
    return channel > 0 && isSigned ? value ^ 0x80 : value;
}
std::uint16_t labSample(std::uint16_t value, int channel, bool isSigned) {
    if (channel == 0 && isSigned)
        return value;
    const std::uint32_t shifted = channel > 0 && isSigned ? value ^ 0x8000u : value;
    return std::uint16_t(
        std::min(65535u, channel == 0 ? shifted * 257u / 256u : (shifted * 257u + 128) / 256u));
}

template <typename Sample>
class Unpacker {
public:
    Unpacker(const TiffSamples& samples, const std::vector<const std::uint8_t*>& planes, FloatRange& range)
        : m_samples(samples), m_planes(planes), m_range(range), m_format(samples.format()) {}

    void unpack(int count, Sample* row) {
        const int channels = m_format.channels();
        const int colors = channels - (m_format.hasAlpha ? 1 : 0);
        for (int x = 0; x < count; ++x, row += channels) {
            if (!m_samples.palette[0].empty())
                takeFromPalette(x, row);
            else
                for (int c = 0; c < colors; ++c)
                    row[c] = color(x, c);
            if (m_format.hasAlpha)
                row[colors] = sample(x, m_samples.alpha);
            if (m_samples.isPremultiplied)
                divide(row, colors);
        }
    }

private:
    template <typename Take>
    auto at(int x, int channel, const Take& take) const {
        return m_planes.size() == 1 ? take(m_planes[0], std::size_t(x) * std::size_t(m_samples.perPixel) +
                                                            std::size_t(channel))
                                    : take(m_planes[std::size_t(channel)], std::size_t(x));
    }
    std::uint32_t integer(int x, int channel) const {
        return at(x, channel, [&](const std::uint8_t* plane, std::size_t index) {
            return integerAt(plane, index, m_samples.bits);
        });
    }
    Sample sample(int x, int channel) {
        if (m_samples.kind == TiffSamples::Kind::Integer)
            return widened<Sample>(integer(x, channel), m_samples.bits);
        return Sample(unitToSample(at(x, channel,
                                      [&](const std::uint8_t* plane, std::size_t index) {
                                          return floatAt(plane, index, m_samples.bits);
                                      }),
                                   m_range));
    }
    Sample color(int x, int channel) {
        const Sample value = sample(x, channel);
        if (m_samples.space == SampleSpace::Lab)
            return labSample(value, channel, m_samples.isSignedLab);
        return m_samples.isWhiteZero ? Sample(~value) : value;
    }
    void takeFromPalette(int x, Sample* row) const {
        const std::size_t index = std::min<std::size_t>(integer(x, 0), m_samples.palette[0].size() - 1);
        for (std::size_t c = 0; c < 3; ++c)
            row[c] = m_samples.palette[c][index];
    }
    void divide(Sample* row, int colors) const {
        constexpr std::uint64_t most = Sample(~Sample(0));
        for (int c = 0; c < colors && row[colors] > 0; ++c)
            row[c] = Sample(std::min<std::uint64_t>(most, (row[c] * most + row[colors] / 2) / row[colors]));
    }

    const TiffSamples& m_samples;
    const std::vector<const std::uint8_t*>& m_planes;
    FloatRange& m_range;
    RowFormat m_format;
};

// Whether the row is stored as it is handed on.
bool isPlain(const TiffSamples& samples, std::size_t planes) {
    return planes == 1 && samples.kind == TiffSamples::Kind::Integer &&
           (samples.bits == 8 || samples.bits == 16) && samples.palette[0].empty() && !samples.isWhiteZero &&
           !samples.isPremultiplied && samples.space != SampleSpace::Lab &&
           samples.perPixel == samples.format().channels() &&
           (samples.alpha < 0 || samples.alpha == samples.perPixel - 1);
}

}  // namespace

RowFormat TiffSamples::format() const {
    return {space, alpha >= 0, palette[0].empty() && (bits > 8 || kind == Kind::Float), false};
}

void unpackTiffRow(const TiffSamples& samples, const std::vector<const std::uint8_t*>& planes, int count,
                   std::uint8_t* row, FloatRange& range) {
    const RowFormat format = samples.format();
    if (isPlain(samples, planes.size()))
        std::memcpy(row, planes[0], std::size_t(count) * format.pixelBytes());
    else if (format.isDeep)
        Unpacker<std::uint16_t>(samples, planes, range).unpack(count, reinterpret_cast<std::uint16_t*>(row));
    else
        Unpacker<std::uint8_t>(samples, planes, range).unpack(count, row);
}

}  // namespace resnet::ui
