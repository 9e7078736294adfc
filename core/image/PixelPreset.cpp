#include "core/image/PixelPreset.h"

#include <algorithm>

namespace resnet {

Preprocessing preprocessingOf(PixelPreset preset, ChannelOrder order) {
    Preprocessing result;
    result.channelOrder = order;
    switch (preset) {
        case PixelPreset::ImageNet:
            break;
        case PixelPreset::ZeroToOne:
            result.mean = {0.0f, 0.0f, 0.0f};
            result.deviation = {1.0f, 1.0f, 1.0f};
            break;
        case PixelPreset::MinusOneToOne:
            result.mean = {0.5f, 0.5f, 0.5f};
            result.deviation = {0.5f, 0.5f, 0.5f};
            break;
        case PixelPreset::Bytes:
            result.scale = 1.0f;
            result.mean = {0.0f, 0.0f, 0.0f};
            result.deviation = {1.0f, 1.0f, 1.0f};
            break;
    }
    if (order == ChannelOrder::BGR) {
        std::ranges::reverse(result.mean);
        std::ranges::reverse(result.deviation);
    }
    return result;
}

std::optional<PixelPreset> presetOf(const Preprocessing& preprocessing) {
    for (const PixelPreset preset :
         {PixelPreset::ImageNet, PixelPreset::ZeroToOne, PixelPreset::MinusOneToOne, PixelPreset::Bytes}) {
        Preprocessing candidate = preprocessingOf(preset, preprocessing.channelOrder);
        candidate.shorterSide = preprocessing.shorterSide;
        if (candidate == preprocessing)
            return preset;
    }
    return std::nullopt;
}

}  // namespace resnet
