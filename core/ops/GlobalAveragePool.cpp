#include "core/ops/GlobalAveragePool.h"

#include <tbb/parallel_for.h>

#include <algorithm>

namespace resnet {

namespace {

constexpr int channelBlock = 64;  // whole cache lines of every cell; the sums are 512 bytes and stay in L1

void averageBlock(const float* in, float* out, const FeatureShape& shape, int first, int count) {
    double sums[channelBlock] = {};
    for (std::size_t cell = 0; cell < shape.pixels(); ++cell)
        for (int c = 0; c < count; ++c)
            sums[c] += in[cell * shape.channels + first + c];
    for (int c = 0; c < count; ++c)
        out[first + c] = float(sums[c] / double(shape.pixels()));
}

}  // namespace

void globalAveragePool(const MapsView& input, const MutableMapsView& output) {
    const int channels = input.shape.channels;
    const int blocks = (channels + channelBlock - 1) / channelBlock;
    tbb::parallel_for(0, input.images * blocks, [&](int task) {
        const int image = task / blocks;
        const int first = task % blocks * channelBlock;
        averageBlock(input.image(image), output.image(image), input.shape, first,
                     std::min(channelBlock, channels - first));
    });
}

void globalAveragePoolBackward(const MapsView& gradient, const MutableMapsView& output) {
    const std::size_t channels = std::size_t(output.shape.channels);
    const double cells = double(output.shape.pixels());
    for (int image = 0; image < gradient.images; ++image) {
        float* const first = output.image(image);
        for (std::size_t c = 0; c < channels; ++c)
            first[c] = float(gradient.image(image)[c] / cells);
        for (std::size_t cell = 1; cell < output.shape.pixels(); ++cell)
            std::copy_n(first, channels, first + cell * channels);
    }
}

}  // namespace resnet
