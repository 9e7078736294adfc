#include "core/ops/Softmax.h"

#include <algorithm>
#include <cmath>

namespace resnet {

void softmax(const MapsView& input, const MutableMapsView& output) {
    const int count = input.shape.channels;
    for (int image = 0; image < input.images; ++image) {
        const float* in = input.image(image);
        float* out = output.image(image);
        const double largest = *std::max_element(in, in + count);
        double sum = 0.0;
        for (int i = 0; i < count; ++i)
            sum += std::exp(in[i] - largest);
        for (int i = 0; i < count; ++i)
            out[i] = float(std::exp(in[i] - largest) / sum);
    }
}

void softmaxBackward(const MapsView& gradient, const MapsView& softmax, const MutableMapsView& output) {
    for (int image = 0; image < gradient.images; ++image) {
        const float* const from = gradient.image(image);
        const float* const p = softmax.image(softmax.images == 1 ? 0 : image);
        double mean = 0.0;
        for (int i = 0; i < gradient.shape.channels; ++i)
            mean += double(from[i]) * p[i];
        for (int i = 0; i < gradient.shape.channels; ++i)
            output.image(image)[i] = float(p[i] * (from[i] - mean));
    }
}

}  // namespace resnet
