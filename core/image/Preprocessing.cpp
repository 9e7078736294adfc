#include "core/image/Preprocessing.h"

#include "core/Error.h"
#include "core/image/SeenPart.h"
#include "core/image/TriangleResize.h"

#include <algorithm>

namespace resnet {

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
