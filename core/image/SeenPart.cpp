#include "core/image/SeenPart.h"

namespace resnet {

namespace {

PictureSize withWidth(const Image& image, std::int64_t width) {
    return {width * image.height / image.width, width};
}

PictureSize withHeight(const Image& image, std::int64_t height) {
    return {height, height * image.width / image.height};
}

}  // namespace

PictureSize resizedSize(const Image& image, int shorterSide, int height, int width) {
    if (shorterSide > 0) {
        const PictureSize size =
            image.width <= image.height ? withWidth(image, shorterSide) : withHeight(image, shorterSide);
        if (size.height >= height && size.width >= width)
            return size;
    }
    const PictureSize size = withWidth(image, width);
    return size.height >= height ? size : withHeight(image, height);
}

// Halves go to the even number.
std::int64_t cropStart(std::int64_t difference) {
    const std::int64_t half = difference / 2;
    return difference % 2 != 0 && half % 2 != 0 ? half + 1 : half;
}

SeenPart seenPart(const Image& image, const Preprocessing& preprocessing, int height, int width) {
    const PictureSize size = resizedSize(image, preprocessing.shorterSide, height, width);
    const double x = double(image.width) / double(size.width);
    const double y = double(image.height) / double(size.height);
    return {x * double(cropStart(size.width - width)), y * double(cropStart(size.height - height)), x * width,
            y * height};
}

}  // namespace resnet
