#include "core/ops/MaxPool.h"

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

}  // namespace resnet
