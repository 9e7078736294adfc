#include "ui/activations/Kernels.h"

#include <algorithm>
#include <cmath>

namespace resnet::ui {

StepId stepWithWeights(const Graph& graph, StepId step) {
    while (step != inputStep && graph.step(step).totalParameters == 0)
        step = graph.step(step).inputs.front();
    return std::max(0, step);
}

MapAtlas colorKernels(const Network& network, StepId convolution, ChannelOrder order) {
    const int count = network.graph().outputShape(convolution).channels;
    const int side = network.graph().step(convolution).window.kernel;
    MapAtlas atlas(count, QSize(side, side));
    for (int k = 0; k < count; ++k) {
        const FeatureMapsPtr kernel = kernelsOf(network, convolution, k);
        const ValueRange range = rangeOf(*kernel);
        const float extent = range.isEmpty() ? 0.0f : std::max(std::abs(range.low), std::abs(range.high));
        QImage picture(side, side, QImage::Format_RGB32);
        for (int y = 0; y < side; ++y)
            for (int x = 0; x < side; ++x) {
                int byte[3];
                for (int c = 0; c < 3; ++c) {
                    const float value = kernel->at(c, y, x);
                    const float share = extent > 0.0f && std::isfinite(value) ? value / extent : 0.0f;
                    byte[c] = int(std::lround(127.5f + 127.5f * share));
                }
                if (order == ChannelOrder::BGR)
                    std::swap(byte[0], byte[2]);
                picture.setPixel(x, y, qRgb(byte[0], byte[1], byte[2]));
            }
        atlas.setPicture(k, picture);
    }
    return atlas;
}

}  // namespace resnet::ui
