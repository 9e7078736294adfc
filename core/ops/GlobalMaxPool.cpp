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

}  // namespace resnet
