#include "core/ops/AveragePool.h"

#include <tbb/parallel_for.h>

#include <algorithm>
#include <vector>

namespace resnet {

namespace {

void averageRow(const float* image, const FeatureShape& in, const PoolWindow& window, bool countsPadding,
                int y, float* out, int width) {
    std::vector<double> sums(std::size_t(in.channels));
    const int top = y * window.stride - window.padTop;
    for (int x = 0; x < width; ++x, out += in.channels) {
        const int left = x * window.stride - window.padLeft;
        std::ranges::fill(sums, 0.0);
        int count = 0;
        for (int iy = std::max(top, 0); iy < std::min(top + window.kernel, in.height); ++iy)
            for (int ix = std::max(left, 0); ix < std::min(left + window.kernel, in.width); ++ix, ++count) {
                const float* cell = image + (std::size_t(iy) * in.width + ix) * in.channels;
                for (int c = 0; c < in.channels; ++c)
                    sums[std::size_t(c)] += cell[c];
            }
        const double over = countsPadding ? double(window.kernel) * window.kernel : std::max(count, 1);
        for (int c = 0; c < in.channels; ++c)
            out[c] = float(sums[std::size_t(c)] / over);
    }
}

}  // namespace

void averagePool(const MapsView& input, const PoolWindow& window, bool countsPadding,
                 const MutableMapsView& output, const std::stop_token& stop) {
    const FeatureShape& out = output.shape;
    tbb::parallel_for(0, output.images * out.height, [&](int row) {
        if (stop.stop_requested())
            return;
        const int image = row / out.height;
        const int y = row % out.height;
        averageRow(input.image(image), input.shape, window, countsPadding, y,
                   output.image(image) + std::size_t(y) * out.width * out.channels, out.width);
    });
}

void averagePoolBackward(const MapsView& gradient, const PoolWindow& window, bool countsPadding,
                         const MutableMapsView& output, const std::stop_token& stop) {
    const FeatureShape& pooled = gradient.shape;
    const FeatureShape& in = output.shape;
    std::fill_n(output.values, output.size(), 0.0f);
    tbb::parallel_for(0, output.images, [&](int image) {
        const float* from = gradient.image(image);
        for (int y = 0; y < pooled.height && !stop.stop_requested(); ++y)
            for (int x = 0; x < pooled.width; ++x, from += pooled.channels) {
                const int top = y * window.stride - window.padTop;
                const int left = x * window.stride - window.padLeft;
                const int firstY = std::max(top, 0), endY = std::min(top + window.kernel, in.height);
                const int firstX = std::max(left, 0), endX = std::min(left + window.kernel, in.width);
                const int inside = std::max(0, endY - firstY) * std::max(0, endX - firstX);
                const float share =
                    1.0f / float(countsPadding ? window.kernel * window.kernel : std::max(inside, 1));
                for (int iy = firstY; iy < endY; ++iy)
                    for (int ix = firstX; ix < endX; ++ix) {
                        float* to = output.image(image) + (std::size_t(iy) * in.width + ix) * in.channels;
                        for (int c = 0; c < in.channels; ++c)
                            to[c] += from[c] * share;
                    }
            }
    });
}

}  // namespace resnet
