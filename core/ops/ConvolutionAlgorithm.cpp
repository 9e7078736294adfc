#include "core/ops/ConvolutionAlgorithm.h"

#include <algorithm>

namespace resnet {

namespace {

struct Rule {
    int minimumChannels;       // of input and output
    std::size_t minimumCells;  // of the output
    ConvolutionAlgorithm algorithm;
};

// For 3x3 kernels of stride 1; the first that fits. Measured on a 2-core AVX-512 machine
// (docs/performance.md). F(4x4) multiplies least (36 products for 16 cells, F(2x2) 64, direct 144), but its
// weights take four times the memory of the kernel, F(2x2)'s 1.8 times: on small maps with many channels the
// pass waits for weights. With few channels the transforms cost more than they save.
constexpr Rule rules[] = {
    {16, std::size_t(20) * 20, ConvolutionAlgorithm::Winograd4},
    {16, 1, ConvolutionAlgorithm::Winograd2},
    {1, 1, ConvolutionAlgorithm::Direct},
};

}  // namespace

std::string_view name(ConvolutionAlgorithm algorithm) {
    switch (algorithm) {
        case ConvolutionAlgorithm::Direct:
            return "direct";
        case ConvolutionAlgorithm::Winograd2:
            return "F(2x2)";
        case ConvolutionAlgorithm::Winograd4:
            return "F(4x4)";
    }
    return "";
}

bool isApplicable(ConvolutionAlgorithm algorithm, const ConvolutionShape& shape) {
    return algorithm == ConvolutionAlgorithm::Direct || (shape.kernel == 3 && shape.stride == 1);
}

ConvolutionAlgorithm chooseAlgorithm(const ConvolutionShape& shape) {
    const int channels = std::min(shape.input.channels, shape.output.channels);
    for (const Rule& rule : rules)
        if (isApplicable(rule.algorithm, shape) && channels >= rule.minimumChannels &&
            shape.output.pixels() >= rule.minimumCells)
            return rule.algorithm;
    return ConvolutionAlgorithm::Direct;
}

}  // namespace resnet
