#include "core/ops/GlobalMaxPool.h"

#include <algorithm>
#include <cmath>

namespace resnet {

void globalMaxPool(const MapsView& input, const MutableMapsView& output) {
    const std::size_t channels = std::size_t(input.shape.channels);
    for (int image = 0; image < input.images; ++image) {
        const float* in = input.image(image);
        float* out = output.image(image);
        std::copy_n(in, channels, out);
        for (std::size_t cell = 1; cell < input.shape.pixels(); ++cell)
            for (std::size_t c = 0; c < channels; ++c) {
                const float value = in[cell * channels + c];
                if (value > out[c] || std::isnan(value))
                    out[c] = value;
            }
    }
}

void globalMaxPoolBackward(const MapsView& gradient, const MapsView& values, const MutableMapsView& output) {
    const std::size_t channels = std::size_t(values.shape.channels);
    std::fill_n(output.values, output.size(), 0.0f);
    for (int image = 0; image < gradient.images; ++image) {
        const float* in = values.image(values.images == 1 ? 0 : image);
        for (std::size_t c = 0; c < channels; ++c) {
            std::size_t winner = 0;
            for (std::size_t cell = 1; cell < values.shape.pixels(); ++cell) {
                const float value = in[cell * channels + c], largest = in[winner * channels + c];
                if (value > largest || (std::isnan(value) && !std::isnan(largest)))
                    winner = cell;
            }
            output.image(image)[winner * channels + c] = gradient.image(image)[c];
        }
    }
}

}  // namespace resnet
