#include "core/ops/ConvolutionBackward.h"

#include "core/tensor/CacheLine.h"

#include <tbb/parallel_for.h>

#include <cassert>
#include <vector>

namespace resnet {

namespace {

// Input x output x kernel x kernel, turned by half a turn.
std::vector<float> turned(const ConvolutionShape& forward, std::span<const float> weights) {
    const int inputs = forward.input.channels;
    const int outputs = forward.output.channels;
    const int taps = forward.kernel * forward.kernel;
    std::vector<float> made(weights.size());
    tbb::parallel_for(0, inputs, [&](int i) {
        for (int o = 0; o < outputs; ++o) {
            const float* const kernel = weights.data() + (std::size_t(o) * inputs + i) * taps;
            for (int tap = 0; tap < taps; ++tap)
                made[(std::size_t(i) * outputs + o) * taps + taps - 1 - tap] = kernel[tap];
        }
    });
    return made;
}

std::variant<Convolution, StridedBackward> make(const ConvolutionShape& forward,
                                                std::span<const float> weights,
                                                ConvolutionAlgorithm algorithm,
                                                const kernels::Table& kernels) {
    if (forward.stride != 1)
        return StridedBackward(forward, weights, kernels);
    return Convolution(ConvolutionBackward::productShapeOf(forward), turned(forward, weights), algorithm,
                       kernels);
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
    : m_inputs(forward.input.channels), m_made(make(forward, weights, algorithm, kernels)) {}

std::size_t ConvolutionBackward::packedSize() const {
    return std::visit([](const auto& made) { return made.packedSize(); }, m_made);
}

std::size_t ConvolutionBackward::scratchSize(int images, int threads) const {
    if (const auto* strided = std::get_if<StridedBackward>(&m_made))
        return strided->scratchSize(threads);
    return std::get<Convolution>(m_made).scratchSize(images, threads);
}

void ConvolutionBackward::run(const MapsView& gradient, const BackwardResults& results, float* scratch,
                              int threads, const std::stop_token& stop) const {
    assert(!results.gate || gradient.images == 1);
    if (const auto* strided = std::get_if<StridedBackward>(&m_made))
        return strided->run(gradient, results, scratch, threads, stop);
    kernels::Epilogue epilogue;
    epilogue.shortcut = results.addend;
    const bool isPlain = !results.addend && !results.gate;
    (isPlain ? epilogue.convolved : epilogue.summed) = results.sum;
    epilogue.gate = results.gate;
    epilogue.rectified = results.gated;
    epilogue.scale = results.scale;
    epilogue.normalised = results.scaled;
    epilogue.stream = results.gate && std::size_t(m_inputs) % cacheLineFloats == 0;
    std::get<Convolution>(m_made).run(gradient, epilogue, scratch, threads, stop);
}

}  // namespace resnet
