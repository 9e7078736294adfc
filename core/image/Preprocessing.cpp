#include "core/image/Preprocessing.h"

#include "core/Error.h"
#include "core/image/SeenPart.h"

#include <tbb/parallel_for.h>

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace resnet {

namespace {

// A stretch of the resized picture along one axis: pixels [start, start + size) of `fullSize`.
struct ResizedRange {
    std::int64_t fullSize = 0;
    std::int64_t start = 0;
    int size = 0;
};

// 32 bits less 8 of the pixel, one of the sign and one of headroom, as Pillow has it.
constexpr int precisionBits = 22;

// The pixels of the input that one pixel of the output is a weighted mean of.
struct Weights {
    int first = 0;
    std::vector<std::int32_t> values;  // sum to 2^22, but for rounding
};

// One axis: output pixel i covers the input around (i + 1/2) * scale. When shrinking, the triangle is as
// wide as two output pixels; when enlarging, as two input pixels.
std::vector<Weights> weightsOf(int inputSize, const ResizedRange& range) {
    const double scale = double(inputSize) / double(range.fullSize);
    const double support = std::max(scale, 1.0);
    std::vector<Weights> all(std::size_t(range.size));
    std::vector<double> exact;
    for (int i = 0; i < range.size; ++i) {
        const double center = (double(range.start + i) + 0.5) * scale;
        const int first = std::max(0, int(center - support + 0.5));
        const int last = std::min(inputSize, int(center + support + 0.5));
        exact.clear();
        double sum = 0.0;
        for (int x = first; x < last; ++x) {
            exact.push_back(std::max(0.0, 1.0 - std::abs((x - center + 0.5) / support)));
            sum += exact.back();
        }
        Weights& weights = all[std::size_t(i)];
        weights.first = first;
        for (const double value : exact)
            weights.values.push_back(std::int32_t(0.5 + value / sum * (1 << precisionBits)));
    }
    return all;
}

std::uint8_t rounded(std::int32_t sum) {
    return std::uint8_t(std::clamp(sum >> precisionBits, 0, 255));
}

constexpr std::int32_t half = 1 << (precisionBits - 1);

// Weighted sums of neighbours in a row: rows [firstRow, firstRow + rowCount) of the picture, resized in
// width.
Image resizeColumns(const Image& image, const std::vector<Weights>& columns, int firstRow, int rowCount) {
    Image out{int(columns.size()), rowCount, std::vector<std::uint8_t>(columns.size() * rowCount * 3)};
    tbb::parallel_for(0, rowCount, [&](int y) {
        std::uint8_t* to = out.rgb.data() + std::size_t(y) * out.width * 3;
        for (const Weights& weights : columns) {
            const std::uint8_t* from = image.pixel(firstRow + y, weights.first);
            std::int32_t red = half, green = half, blue = half;
            for (const std::int32_t weight : weights.values) {
                red += weight * from[0];
                green += weight * from[1];
                blue += weight * from[2];
                from += 3;
            }
            *to++ = rounded(red);
            *to++ = rounded(green);
            *to++ = rounded(blue);
        }
    });
    return out;
}

// Weighted sums of rows; `firstRow` is the picture's row that `image` begins with.
Image resizeRows(const Image& image, const std::vector<Weights>& rows, int firstRow) {
    const std::size_t rowBytes = std::size_t(image.width) * 3;
    Image out{image.width, int(rows.size()), std::vector<std::uint8_t>(rows.size() * rowBytes)};
    tbb::parallel_for(std::size_t(0), rows.size(), [&](std::size_t y) {
        std::vector<std::int32_t> sums(rowBytes, half);
        const std::uint8_t* from = image.pixel(rows[y].first - firstRow, 0);
        for (const std::int32_t weight : rows[y].values)
            for (std::size_t i = 0; i < rowBytes; ++i)
                sums[i] += weight * *from++;
        std::transform(sums.begin(), sums.end(), out.rgb.begin() + std::ptrdiff_t(y * rowBytes), rounded);
    });
    return out;
}

// A window of the picture resized to rows.fullSize x columns.fullSize with an antialiased triangle filter:
// the same 8-bit values as Pillow's BILINEAR gives (two passes, coefficients of 22 bits, rounded after each).
// Only what the window needs is computed, so that a resized picture of any size costs no memory.
// The picture must not be empty, and the ranges lie within the full size.
Image triangleResize(const Image& image, const ResizedRange& rows, const ResizedRange& columns) {
    const std::vector<Weights> rowWeights = weightsOf(image.height, rows);
    const int firstRow = rowWeights.front().first;
    const int lastRow = rowWeights.back().first + int(rowWeights.back().values.size());
    return resizeRows(resizeColumns(image, weightsOf(image.width, columns), firstRow, lastRow - firstRow),
                      rowWeights, firstRow);
}

}  // namespace

Image cropForNetwork(const Image& image, const Preprocessing& preprocessing, int height, int width) {
    if (image.width < 1 || image.height < 1)
        throw Error("the picture has no pixels");
    const PictureSize size = resizedSize(image, preprocessing.shorterSide, height, width);
    return triangleResize(image, {size.height, cropStart(size.height - height), height},
                          {size.width, cropStart(size.width - width), width});
}

namespace {

// 8 bits have only 256 values: in double precision once, then looked up.
std::array<float, 256> lookUp(const Preprocessing& preprocessing, double mean, double deviation) {
    std::array<float, 256> values{};
    for (std::size_t pixel = 0; pixel < 256; ++pixel)
        values[pixel] = float((double(pixel) * double(preprocessing.scale) - mean) / deviation);
    return values;
}

// In 16 bits behind the point, rounded, as Pillow does.
std::uint8_t greyOf(const std::uint8_t* rgb) {
    return std::uint8_t((19595u * rgb[0] + 38470u * rgb[1] + 7471u * rgb[2] + 0x8000u) >> 16);
}

}  // namespace

Image asSeen(Image cropped, int channels) {
    if (channels == 1)
        for (std::size_t i = 0; i < cropped.rgb.size(); i += 3)
            std::fill_n(&cropped.rgb[i], 3, greyOf(&cropped.rgb[i]));
    return cropped;
}

FeatureMaps normalise(const Image& cropped, const Preprocessing& preprocessing, int channels) {
    std::array<std::array<float, 256>, 3> values;
    for (std::size_t c = 0; c < 3; ++c)
        values[c] = lookUp(preprocessing, double(preprocessing.mean[c]), double(preprocessing.deviation[c]));
    const float opacity =
        lookUp(preprocessing, double(preprocessing.opacityMean), double(preprocessing.opacityDeviation))[255];
    const bool isReversed = preprocessing.channelOrder == ChannelOrder::BGR;
    FeatureMaps maps({channels, cropped.height, cropped.width});
    float* out = maps.data();
    for (std::size_t i = 0; i < cropped.rgb.size(); i += 3) {
        if (channels == 1) {
            *out++ = values[0][greyOf(&cropped.rgb[i])];
            continue;
        }
        for (std::size_t c = 0; c < 3; ++c)
            *out++ = values[c][cropped.rgb[i + (isReversed ? 2 - c : c)]];
        if (channels == 4)
            *out++ = opacity;
    }
    return maps;
}

}  // namespace resnet
