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

}  // namespace resnet
