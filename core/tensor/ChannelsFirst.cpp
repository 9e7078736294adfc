#include "core/tensor/ChannelsFirst.h"

#include <cassert>

namespace resnet {

std::vector<float> toChannelsFirst(const FeatureMaps& maps) {
    const std::size_t channels = std::size_t(maps.channels());
    const std::size_t pixels = maps.shape().pixels();
    std::vector<float> values(maps.size());
    for (std::size_t c = 0; c < channels; ++c)
        for (std::size_t i = 0; i < pixels; ++i)
            values[c * pixels + i] = maps.data()[i * channels + c];
    return values;
}

FeatureMaps fromChannelsFirst(FeatureShape shape, std::span<const float> values) {
    assert(values.size() == shape.size());
    FeatureMaps maps(shape);
    const std::size_t channels = std::size_t(shape.channels);
    for (std::size_t c = 0; c < channels; ++c)
        for (std::size_t i = 0; i < shape.pixels(); ++i)
            maps.data()[i * channels + c] = values[c * shape.pixels() + i];
    return maps;
}

}  // namespace resnet
