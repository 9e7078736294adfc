#pragma once

#include "core/image/Image.h"
#include "core/image/Preprocessing.h"

#include <cstdint>

namespace resnet {

struct PictureSize {
    std::int64_t height = 0;
    std::int64_t width = 0;
};

// What a picture is resized to before it is cropped to the network's input: the shorter side as asked for,
// the other follows, cut to whole pixels; more where that would not cover the input.
PictureSize resizedSize(const Image& image, int shorterSide, int height, int width);
// Where the crop begins of an extent that is larger by so much: the half, as Python's round() has it.
std::int64_t cropStart(std::int64_t difference);

// The part of a picture that the network sees, in pixels of the picture.
struct SeenPart {
    double left = 0.0;
    double top = 0.0;
    double width = 0.0;
    double height = 0.0;
};

SeenPart seenPart(const Image& image, const Preprocessing& preprocessing, int height, int width);

}  // namespace resnet
