#include "core/ops/MaxPool.h"

#include "core/tensor/CacheLine.h"

#include <tbb/parallel_for.h>

#include <algorithm>
#include <cassert>

namespace resnet {

namespace {

constexpr int largestKernel = 8;

void poolRow(const float* image, const FeatureShape& in, const PoolWindow& window, int y, float* out,
             int width, const kernels::Table& kernels) {
    const int top = y * window.stride - window.padTop;
    const float* cells[largestKernel * largestKernel];
    for (int x = 0; x < width; ++x, out += in.channels) {
        const int left = x * window.stride - window.padLeft;
        int count = 0;
        for (int iy = std::max(top, 0); iy < std::min(top + window.kernel, in.height); ++iy)
            for (int ix = std::max(left, 0); ix < std::min(left + window.kernel, in.width); ++ix)
                cells[count++] = image + (std::size_t(iy) * in.width + ix) * in.channels;
        kernels.maximum(cells, count, in.channels, out);
    }
}

}  // namespace

void maxPool(const MapsView& input, const PoolWindow& window, const MutableMapsView& output,
             const kernels::Table& kernels, const std::stop_token& stop) {
    assert(window.kernel <= largestKernel);
    const FeatureShape& out = output.shape;
    tbb::parallel_for(0, output.images * out.height, [&](int row) {
        if (stop.stop_requested())
            return;
        const int image = row / out.height;
        const int y = row % out.height;
        poolRow(input.image(image), input.shape, window, y,
                output.image(image) + std::size_t(y) * out.width * out.channels, out.width, kernels);
    });
}

namespace {

constexpr int channelsOfLine = int(cacheLineFloats);

// Adds the gradients of one block of channels to the cells that won.
void giveBack(const float* gradient, const FeatureShape& pooled, const float* image, const FeatureShape& in,
              const PoolWindow& window, int first, int count, float* to, const kernels::Table& kernels) {
    const float* cells[largestKernel * largestKernel];
    float* results[largestKernel * largestKernel];
    for (int y = 0; y < pooled.height; ++y)
        for (int x = 0; x < pooled.width; ++x) {
            const int top = y * window.stride - window.padTop;
            const int left = x * window.stride - window.padLeft;
            int number = 0;
            for (int iy = std::max(top, 0); iy < std::min(top + window.kernel, in.height); ++iy)
                for (int ix = std::max(left, 0); ix < std::min(left + window.kernel, in.width); ++ix) {
                    const std::size_t at = (std::size_t(iy) * in.width + ix) * in.channels + first;
                    cells[number] = image + at;
                    results[number++] = to + at;
                }
            kernels.maximumBackward(cells, number, count,
                                    gradient + (std::size_t(y) * pooled.width + x) * pooled.channels + first,
                                    results);
        }
}

}  // namespace

void maxPoolBackward(const MapsView& gradient, const MapsView& input, const PoolWindow& window,
                     const MutableMapsView& output, const kernels::Table& kernels,
                     const std::stop_token& stop) {
    assert(window.kernel <= largestKernel);
    const int channels = output.shape.channels;
    const int blocks = (channels + channelsOfLine - 1) / channelsOfLine;
    std::fill_n(output.values, output.size(), 0.0f);
    tbb::parallel_for(0, gradient.images * blocks, [&](int task) {
        if (stop.stop_requested())
            return;
        const int image = task / blocks;
        const int first = task % blocks * channelsOfLine;
        giveBack(gradient.image(image), gradient.shape, input.image(input.images == 1 ? 0 : image),
                 input.shape, window, first, std::min(channelsOfLine, channels - first), output.image(image),
                 kernels);
    });
}

}  // namespace resnet
