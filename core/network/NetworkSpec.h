#pragma once

#include "core/tensor/FeatureMaps.h"

#include <string>
#include <string_view>
#include <vector>

namespace resnet {

// How a convolution or pooling of stride s pads its input.
//
// Same: the output is ceil(input / s); an odd pixel of padding goes to the bottom and right (TensorFlow,
// Keras).
//
// Symmetric: kernel / 2 on every side (PyTorch, torchvision).
//
// SameTorch: as Same, but where a 1 x 1 kernel of stride 2 meets an even extent, "-1 pixel" is padded before
// it, so that projections take the odd pixels and not the even ones. Keras 3.0 to 3.8 computes this on
// PyTorch (github.com/keras-team/keras/pull/20774 made it Same).
enum class Padding { Same, Symmetric, SameTorch };

// A residual network as data. The default is the textbook ResNet-34 with ten classes
// (He et al., "Deep Residual Learning for Image Recognition", 2015, table 1, with basic units).
struct NetworkSpec {
    std::vector<int> unitsPerStage{3, 4, 6, 3};
    std::vector<int> channelsPerStage{64, 128, 256, 512};
    int classes = 10;
    int inputHeight = 224;  // 32 to 1024
    int inputWidth = 224;   // 32 to 1024
    Padding padding = Padding::Same;
    double batchNormEpsilon = 1e-3;
    bool shortcuts = true;  // false: the plain network, the same layers without shortcuts and sums

    static constexpr int inputChannels = 3;

    int stageCount() const { return int(unitsPerStage.size()); }
    FeatureShape inputShape() const { return {inputChannels, inputHeight, inputWidth}; }
    bool operator==(const NetworkSpec&) const = default;
};

NetworkSpec resNet34();
NetworkSpec resNet18();
NetworkSpec plain34();

// "resnet34", "resnet18" or "plain34". Throws Error for any other name.
NetworkSpec specNamed(std::string_view architecture);

// The name people know it by: "ResNet-34", "ResNet-18", "Plain-34", or "ResNet 3-3-3" for other depths.
std::string displayName(const NetworkSpec& spec);

std::string_view name(Padding padding);
// "same", "symmetric" and "same-torch". Throws Error for any other name.
Padding paddingNamed(std::string_view name);

// Throws Error naming the first field out of range: 1 to 6 stages, 1 to 64 units and 1 to 4096 channels per
// stage, 1 to 100,000 classes, an input of 32 to 1024 pixels in height and width, epsilon above 0 and at
// most 1.
void validate(const NetworkSpec& spec);

}  // namespace resnet
