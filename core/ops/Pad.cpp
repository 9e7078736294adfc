#include "core/ops/Pad.h"

#include <tbb/parallel_for.h>

#include <algorithm>

namespace resnet {

void pad(const MapsView& input, const PadWindow& window, const MutableMapsView& output,
         const std::stop_token& stop) {
    const FeatureShape& in = input.shape;
    const FeatureShape& out = output.shape;
    const int copied = std::min(in.channels, out.channels - window.channelsBefore);
    tbb::parallel_for(0, output.images * out.height, [&](int row) {
        if (stop.stop_requested())
            return;
        const int iy = row % out.height * window.stride - window.padTop;
        const float* image = input.image(row / out.height);
        float* to = output.values + std::size_t(row) * out.width * out.channels;
        std::fill_n(to, std::size_t(out.width) * out.channels, 0.0f);
        if (iy < 0 || iy >= in.height)
            return;
        for (int x = 0; x < out.width; ++x) {
            const int ix = x * window.stride - window.padLeft;
            if (ix >= 0 && ix < in.width)
                std::copy_n(image + (std::size_t(iy) * in.width + ix) * in.channels, copied,
                            to + std::size_t(x) * out.channels + window.channelsBefore);
        }
    });
}

void padBackward(const MapsView& gradient, const PadWindow& window, const MutableMapsView& output,
                 const std::stop_token& stop) {
    const FeatureShape& padded = gradient.shape;
    const FeatureShape& in = output.shape;
    const int copied = std::min(in.channels, padded.channels - window.channelsBefore);
    tbb::parallel_for(0, output.images * in.height, [&](int row) {
        if (stop.stop_requested())
            return;
        float* to = output.values + std::size_t(row) * in.width * in.channels;
        std::fill_n(to, std::size_t(in.width) * in.channels, 0.0f);
        const int iy = row % in.height + window.padTop;
        if (iy < 0 || iy % window.stride != 0 || iy / window.stride >= padded.height)
            return;
        const float* from = gradient.image(row / in.height) +
                            std::size_t(iy / window.stride) * padded.width * padded.channels;
        for (int x = 0; x < in.width; ++x) {
            const int ix = x + window.padLeft;
            if (ix >= 0 && ix % window.stride == 0 && ix / window.stride < padded.width)
                std::copy_n(from + std::size_t(ix / window.stride) * padded.channels + window.channelsBefore,
                            copied, to + std::size_t(x) * in.channels);
        }
    });
}

}  // namespace resnet
