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

// What the main path of a residual unit is made of.
// - Basic: 3x3, 3x3, a batch norm after each, ReLU between them and after the sum (He et al. 2015, figure 5)
// - Bottleneck: 1x1, 3x3, 1x1, else as Basic
// - PreActivation: 3x3, 3x3, batch norm and ReLU before each, nothing after the sum (He et al. 2016)
enum class UnitKind { Basic, Bottleneck, PreActivation };

// Which convolution of a bottleneck unit has the stride: the first 1x1 (He et al. 2015, Keras) or the 3x3
// (torchvision). Units of the other kinds have it in their first convolution.
enum class StrideIn { Conv1, Conv2 };

// What stands on a unit's shortcut.
// - Projection: a 1x1 convolution where the unit changes the shape, else nothing (option B of He et al. 2015)
// - ProjectionAlways: a 1x1 convolution everywhere (option C)
// - Padding: no parameters: every second pixel, zeros for new channels, half of them before (option A)
// - PaddingAfter: the same with all zeros after the channels that are there
// - None: no shortcuts and no sums: the plain network
enum class ShortcutKind { Projection, ProjectionAlways, Padding, PaddingAfter, None };

// What stands before the units: a 7x7 convolution of stride 2 and a 3x3 max pool of stride 2, or for small
// pictures a 3x3 convolution of stride 1 and no pooling.
enum class StemKind { Large, Small };

// A residual network as data. The default is the textbook ResNet-34 with ten classes
// (He et al., "Deep Residual Learning for Image Recognition", 2015, table 1, with basic units).
struct NetworkSpec {
    std::vector<int> unitsPerStage{3, 4, 6, 3};
    // Of the convolutions; a bottleneck unit's 3x3 has these, its output `expansion` times as many.
    std::vector<int> channelsPerStage{64, 128, 256, 512};
    int classes = 10;
    int inputHeight = 224;  // 32 to 1024
    int inputWidth = 224;   // 32 to 1024
    Padding padding = Padding::Same;
    double batchNormEpsilon = 1e-3;
    UnitKind unit = UnitKind::Basic;
    StrideIn strideIn = StrideIn::Conv2;
    ShortcutKind shortcut = ShortcutKind::Projection;
    StemKind stem = StemKind::Large;
    int expansion = 4;      // of bottleneck units
    int stemChannels = 0;   // 0: as many as the first stage
    int inputChannels = 3;  // 1: grey, 3: colour, 4: colour and opacity

    int stageCount() const { return int(unitsPerStage.size()); }
    bool hasShortcuts() const { return shortcut != ShortcutKind::None; }
    int outputChannels(int stage) const {
        return channelsPerStage[std::size_t(stage)] * (unit == UnitKind::Bottleneck ? expansion : 1);
    }
    int channelsOfStem() const { return stemChannels > 0 ? stemChannels : channelsPerStage.front(); }
    FeatureShape inputShape() const { return {inputChannels, inputHeight, inputWidth}; }
    bool operator==(const NetworkSpec&) const = default;
};

NetworkSpec resNet34();
NetworkSpec resNet18();
NetworkSpec plain34();

// resnet18, 34, 50, 101, 152, plain34, preact34 (and preact18), cifar20, 32, 44, 56, 110; each also with its
// width times a factor of 2 to 16, as "resnet50-x2" (torchvision's wide_resnet50_2) or "cifar20-x4". Throws
// Error for any other name, which says the known ones.
NetworkSpec specNamed(std::string_view architecture);

// The names above without factors, in the order in which people look for them.
const std::vector<std::string>& architectureNames();

// The name of the list that the units, kind of unit, stem and shortcuts of this spec have; empty if there is
// none.
std::string architectureOf(const NetworkSpec& spec);

// The name people know it by: "ResNet-34", "ResNet-50", "Plain-34", "Pre-activation ResNet-34", "CIFAR
// ResNet-20", or "ResNet 3-3-3" for other depths.
std::string displayName(const NetworkSpec& spec);

// Shortcuts that no tensor of a file tells: padding, padding-after and none.
bool isWithoutParameters(ShortcutKind shortcut);

// Words of the command line and of metadata: "same", "symmetric", "same-torch"; "basic", "bottleneck",
// "pre-activation"; "conv1", "conv2"; "projection", "projection-always", "padding", "padding-after", "none";
// "7x7", "3x3".
std::string_view name(Padding padding);
std::string_view name(UnitKind unit);
std::string_view name(StrideIn strideIn);
std::string_view name(ShortcutKind shortcut);
std::string_view name(StemKind stem);
// Each throws Error for any other word.
Padding paddingNamed(std::string_view name);
UnitKind unitKindNamed(std::string_view name);
StrideIn strideInNamed(std::string_view name);
ShortcutKind shortcutKindNamed(std::string_view name);
StemKind stemKindNamed(std::string_view name);

// Throws Error naming the first field out of range: 1 to 6 stages, 1 to 64 units and 1 to 4096 channels per
// stage, 1 to 100,000 classes, height and width of 32 to 1024 pixels (from 16 with the small stem), 1, 3 or 4
// input channels, epsilon above 0 and at most 1.
void validate(const NetworkSpec& spec);

}  // namespace resnet
