#pragma once

#include "core/image/Image.h"
#include "core/tensor/FeatureMaps.h"

#include <array>

namespace resnet {

enum class ChannelOrder { RGB, BGR };

// How pixels become the input tensor: value = (pixel * scale - mean[c]) / deviation[c].
// The default is ImageNet's mean and standard deviation, as torchvision uses them.
struct Preprocessing {
    int shorterSide = 0;  // the shorter side is resized to this many pixels; 0: to the network's input size
    float scale = 1.0f / 255.0f;
    std::array<float, 3> mean{0.485f, 0.456f, 0.406f};       // in the order of `channelOrder`
    std::array<float, 3> deviation{0.229f, 0.224f, 0.225f};  // in the order of `channelOrder`
    ChannelOrder channelOrder = ChannelOrder::RGB;
    // Of a fourth channel, opacity, which is 255 everywhere: pictures are laid on white before.
    float opacityMean = 0.0f;
    float opacityDeviation = 1.0f;

    bool operator==(const Preprocessing&) const = default;
};

// The part of the picture that the network sees, in the network's input size: resized with an antialiased
// triangle filter in 8 bits (as Pillow's BILINEAR does), then cropped around the centre.
Image cropForNetwork(const Image& image, const Preprocessing& preprocessing, int height, int width);

// What of a cropped picture a network of so many channels sees: of grey ones the grey that normalise takes.
Image asSeen(Image cropped, int channels);

// The input tensor (channels x height x width) of a picture that has the network's input size already. Three
// channels are the colours; one is grey, 0.299 R + 0.587 G + 0.114 B in 8 bits (ITU-R BT.601, as Pillow's L),
// with the first mean and standard deviation; four are the colours and opacity.
FeatureMaps normalise(const Image& cropped, const Preprocessing& preprocessing, int channels);

}  // namespace resnet
