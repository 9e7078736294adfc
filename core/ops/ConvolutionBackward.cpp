#include "core/ops/ConvolutionBackward.h"

#include <tbb/parallel_for.h>

#include <algorithm>
#include <cassert>
#include <vector>

namespace resnet {

namespace {

// For the product: input x output x kernel x kernel, turned; or (ky, kx, input) x output.
std::vector<float> productWeights(const ConvolutionShape& forward, std::span<const float> weights) {
    const int inputs = forward.input.channels;
    const int outputs = forward.output.channels;
    const int taps = forward.kernel * forward.kernel;
    std::vector<float> made(weights.size());
    tbb::parallel_for(0, inputs, [&](int i) {
        for (int o = 0; o < outputs; ++o) {
            const float* const kernel = weights.data() + (std::size_t(o) * inputs + i) * taps;
            for (int tap = 0; tap < taps; ++tap) {
                if (forward.stride == 1)
                    made[(std::size_t(i) * outputs + o) * taps + taps - 1 - tap] = kernel[tap];
                else
                    made[(std::size_t(tap) * inputs + i) * outputs + o] = kernel[tap];
            }
        }
    });
    return made;
}

}  // namespace

ConvolutionShape ConvolutionBackward::productShapeOf(const ConvolutionShape& forward) {
    if (forward.stride == 1)
        return {forward.output,
                forward.input,
                forward.kernel,
                1,
                forward.kernel - 1 - forward.padTop,
                forward.kernel - 1 - forward.padLeft};
    FeatureShape windows = forward.output;
    windows.channels = forward.kernel * forward.kernel * forward.input.channels;
    return {forward.output, windows, 1, 1, 0, 0};
}

ConvolutionBackward::ConvolutionBackward(const ConvolutionShape& forward, std::span<const float> weights,
                                         ConvolutionAlgorithm algorithm, const kernels::Table& kernels)
    : m_forward(forward),
      m_kernels(&kernels),
      m_product(productShapeOf(forward), productWeights(forward, weights), algorithm, kernels) {}

std::size_t ConvolutionBackward::scratchSize(int images, int threads) const {
    return windowsSize() + m_product.scratchSize(isStrided() ? 1 : images, threads);
}

void ConvolutionBackward::run(const MapsView& gradient, const BackwardResults& results, float* scratch,
                              int threads, const std::stop_token& stop) const {
    constexpr int floatsOfCacheLine = 16;
    assert(!results.gate || gradient.images == 1);
    kernels::Epilogue epilogue;
    if (!isStrided()) {
        epilogue.shortcut = results.addend;
        const bool isPlain = !results.addend && !results.gate;
        (isPlain ? epilogue.convolved : epilogue.summed) = results.sum;
        epilogue.gate = results.gate;
        epilogue.rectified = results.gated;
        epilogue.scale = results.scale;
        epilogue.normalised = results.scaled;
        epilogue.stream = results.gate && m_forward.input.channels % floatsOfCacheLine == 0;
        return m_product.run(gradient, epilogue, scratch, threads, stop);
    }
    // Image by image: the windows of one take kernel^2 / stride^2 times its input.
    float* const windows = scratch;
    epilogue.convolved = windows;
    for (int image = 0; image < gradient.images && !stop.stop_requested(); ++image) {
        m_product.run({gradient.image(image), gradient.shape}, epilogue, scratch + windowsSize(), threads,
                      stop);
        BackwardResults of = results;
        const std::size_t first = m_forward.input.size() * std::size_t(image);
        of.sum += first;
        of.addend = results.addend ? results.addend + first : nullptr;
        addWindows(windows, of);
    }
}

void ConvolutionBackward::addWindows(const float* windows, const BackwardResults& results) const {
    const FeatureShape& in = m_forward.input;
    const std::size_t rowSize = std::size_t(in.width) * in.channels;
    tbb::parallel_for(0, in.height, [&](int y) {
        const std::size_t first = rowSize * std::size_t(y);
        float* const row = results.sum + first;
        if (!results.addend)
            std::fill_n(row, rowSize, 0.0f);
        else if (results.addend != results.sum)
            std::copy_n(results.addend + first, rowSize, row);
        addRow(windows, y, row);
        if (!results.gate)
            return;
        m_kernels->gate(row, results.gate + first, results.gated + first, rowSize);
        if (results.scaled)
            m_kernels->scale(results.gated + first, results.scale, results.scaled + first,
                             std::size_t(in.width), in.channels);
    });
}

// To one row of the input. What a row of a window holds lies side by side in both, kernel x channels floats.
void ConvolutionBackward::addRow(const float* windows, int y, float* row) const {
    const FeatureShape& in = m_forward.input;
    const FeatureShape& out = m_forward.output;
    const int kernel = m_forward.kernel;
    const int stride = m_forward.stride;
    const std::size_t windowSize = std::size_t(kernel) * kernel * in.channels;
    for (int ky = 0; ky < kernel; ++ky) {
        const int from = y + m_forward.padTop - ky;
        if (from < 0 || from % stride != 0 || from / stride >= out.height)
            continue;
        const float* window = windows + std::size_t(from / stride) * out.width * windowSize +
                              std::size_t(ky) * kernel * in.channels;
        for (int x = 0; x < out.width; ++x, window += windowSize) {
            const int left = x * stride - m_forward.padLeft;
            const int first = std::max(left, 0);
            const int last = std::min(left + kernel, in.width);
            if (first >= last)
                continue;
            float* const to = row + std::size_t(first) * in.channels;
            m_kernels->add(to, window + std::size_t(first - left) * in.channels, to,
                           std::size_t(last - first) * in.channels);
        }
    }
}

}  // namespace resnet
