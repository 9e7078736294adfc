#include "ui/images/ImageBuilder.h"

#include "core/Error.h"

#include <tbb/blocked_range2d.h>
#include <tbb/parallel_for.h>

#include <algorithm>
#include <cmath>
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

constexpr std::uint64_t mostPixels = 256ull << 20;
// Ordinary photographs are decoded whole: averaging before the network's own resizing changes its numbers.
constexpr std::uint64_t mostWholePixels = 64ull << 20;
constexpr std::uint64_t mostBytes = 1ull << 30;
// Of rows that are converted together: some for every thread, and all in the cache.
constexpr std::size_t batchBytes = 1 << 20;

std::string sizeText(std::uint64_t width, std::uint64_t height) {
    return std::to_string(width) + " x " + std::to_string(height) + " pixels";
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

void requireOpenableSize(std::uint64_t width, std::uint64_t height, std::uint64_t bytes) {
    if (width == 0 || height == 0)
        throw Error("the picture's header says that it has no pixels");
    if (height > mostPixels / width || width > mostPixels)
        throw Error(sizeText(width, height) + " are more than the 256 megapixels that can be opened");
    if (bytes > mostBytes)
        throw Error(sizeText(width, height) + " of this kind need more than 1 GiB to decode");
}

int divisorOf(std::uint64_t width, std::uint64_t height) {
    return int(std::ceil(std::sqrt(std::max(1.0, double(width) * double(height) / double(mostWholePixels)))));
}

ImageBuilder::ImageBuilder(int width, int height, const RowFormat& format,
                           const std::vector<std::uint8_t>& profile, std::vector<std::string>& notes)
    : m_width(width),
      m_height(height),
      m_converter(format, profile, notes),
      m_divisor(divisorOf(std::uint64_t(width), std::uint64_t(height))),
      m_rowBytes(std::size_t(width) * format.pixelBytes()) {
    requireOpenableSize(std::uint64_t(width), std::uint64_t(height));
    m_image.width = std::max(1, width / m_divisor);
    m_image.height = std::max(1, height / m_divisor);
    m_image.rgb.reserve(std::size_t(m_image.width) * 3 * std::size_t(m_image.height));
    m_batchRows = int(std::clamp<std::size_t>(batchBytes / m_rowBytes, 8, 256)) / m_divisor * m_divisor;
    m_batchRows = std::max(m_batchRows, m_divisor);
    m_batch.resize(std::size_t(m_batchRows) * m_rowBytes);
    if (m_divisor > 1)
        notes.push_back(sizeText(std::uint64_t(width), std::uint64_t(height)) + " are a lot: averaged to 1/" +
                        std::to_string(m_divisor) + " of the size");
}

std::uint8_t* ImageBuilder::nextRow() {
    if (m_filled == m_batchRows)
        flush();
    return m_batch.data() + std::size_t(m_filled++) * m_rowBytes;
}

// What becomes of the rows collected. Of a picture that is not averaged, rows are blocks of one pixel.
void ImageBuilder::flush() {
    const std::size_t rgbBytes = std::size_t(m_image.width) * 3;
    const std::size_t before = m_image.rgb.size() / rgbBytes;
    const std::size_t rows =
        std::min(std::size_t(std::max(1, m_filled / m_divisor)), m_image.height - before);
    m_image.rgb.resize((before + rows) * rgbBytes);
    tbb::parallel_for(std::size_t(0), rows, [&](std::size_t y) {
        std::uint8_t* rgb = m_image.rgb.data() + (before + y) * rgbBytes;
        if (m_divisor == 1)
            m_converter.convert(m_batch.data() + y * m_rowBytes, rgb, m_width);
        else
            average(int(y) * m_divisor, rgb);
    });
    m_filled = 0;
}

void ImageBuilder::average(int firstRow, std::uint8_t* rgb) const {
    const int rows = std::min(m_divisor, m_filled - firstRow);
    const int columns = std::min(m_divisor, m_width);
    std::vector<std::uint8_t> row(std::size_t(m_width) * 3);
    std::vector<std::uint32_t> sums(std::size_t(m_image.width) * 3);
    for (int i = 0; i < rows; ++i) {
        m_converter.convert(m_batch.data() + std::size_t(firstRow + i) * m_rowBytes, row.data(), m_width);
        const std::uint8_t* from = row.data();
        for (std::size_t x = 0; x < sums.size(); x += 3)
            for (int j = 0; j < columns; ++j, from += 3)
                for (std::size_t c = 0; c < 3; ++c)
                    sums[x + c] += from[c];
    }
    const auto count = std::uint32_t(rows * columns);
    std::transform(sums.begin(), sums.end(), rgb,
                   [&](std::uint32_t sum) { return std::uint8_t((sum + count / 2) / count); });
}

Image ImageBuilder::take() {
    if (m_filled > 0)
        flush();
    return std::move(m_image);
}

Image upright(Image image, Orientation orientation) {
    if (orientation < 2 || orientation > mostOrientation)
        return image;
    const bool isTurned = orientation >= 5;
    // Whether what counts in the stored picture's rows, and in its columns, goes backwards.
    const bool upwards = orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7;
    const bool leftwards = orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8;
    Image turned{image.width, image.height, std::vector<std::uint8_t>(image.rgb.size())};
    if (isTurned)
        std::swap(turned.width, turned.height);
    constexpr int side = 64;  // of the tiles that are turned at a time
    tbb::parallel_for(
        tbb::blocked_range2d<int>(0, turned.height, side, 0, turned.width, side), [&](const auto& tile) {
            for (int y = tile.rows().begin(); y < tile.rows().end(); ++y)
                for (int x = tile.cols().begin(); x < tile.cols().end(); ++x) {
                    const int row = isTurned ? x : y;
                    const int column = isTurned ? y : x;
                    const std::uint8_t* from = image.pixel(upwards ? image.height - 1 - row : row,
                                                           leftwards ? image.width - 1 - column : column);
                    std::copy_n(from, 3, turned.rgb.data() + (std::size_t(y) * turned.width + x) * 3);
                }
        });
    return turned;
}

}  // namespace resnet::ui
