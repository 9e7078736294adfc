#pragma once

#include "core/image/Preprocessing.h"

#include <optional>

namespace resnet {

// The usual ways to turn 8-bit values into numbers.
enum class PixelPreset {
    ImageNet,       // ImageNet's mean and standard deviation (torchvision)
    ZeroToOne,      // pixel / 255
    MinusOneToOne,  // 2 pixel / 255 - 1
    Bytes           // 0 to 255, as they are
};

// Scale, mean and standard deviation of the preset, in the order of `order`; the shorter side is 0.
Preprocessing preprocessingOf(PixelPreset preset, ChannelOrder order = ChannelOrder::RGB);

// The preset that has this scale, mean and standard deviation; nothing if they are of one's own.
std::optional<PixelPreset> presetOf(const Preprocessing& preprocessing);

}  // namespace resnet
