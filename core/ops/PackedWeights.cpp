#include "core/ops/PackedWeights.h"

#include <tbb/parallel_for.h>

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <vector>

namespace resnet {

namespace {

// One row of G: the value at a point p of the kernel's polynomial g0 + g1 p + g2 p^2, over the product of the
// differences to the other points; the last row is the point at infinity. ops/kernels/WinogradKernels.h names
// the points and has the matching B and A.
using Row = std::array<double, 3>;

std::vector<Row> kernelTransform(ConvolutionAlgorithm algorithm) {
    if (algorithm == ConvolutionAlgorithm::Winograd2)
        return {{1, 0, 0}, {0.5, 0.5, 0.5}, {0.5, -0.5, 0.5}, {0, 0, 1}};
    const double a = std::sqrt(0.5);
    const double b = std::sqrt(2.0);
    return {{1, 0, 0},
            {-2.0 / 3, -2.0 / 3 * a, -1.0 / 3},
            {-2.0 / 3, 2.0 / 3 * a, -1.0 / 3},
            {1.0 / 6, b / 6, 1.0 / 3},
            {1.0 / 6, -b / 6, 1.0 / 3},
            {0, 0, 1}};
}

int positionsOf(ConvolutionAlgorithm algorithm) {
    switch (algorithm) {
        case ConvolutionAlgorithm::Direct:
            return 1;
        case ConvolutionAlgorithm::Winograd2:
            return 16;
        case ConvolutionAlgorithm::Winograd4:
            return 36;
    }
    return 1;
}

// One panel's U for one input channel. `kernels` is that channel of the panel's first output channel, `step`
// the stride in floats to the next output channel; element (y, x) of all of them goes to to[(y * n + x) *
// positionStride].
void transformKernels(const std::vector<Row>& g, const float* kernels, std::size_t step, int count, int width,
                      float* to, std::size_t positionStride) {
    constexpr int mostColumns = 32;  // of the widest panel, AVX-512's
    const int n = int(g.size());
    assert(width <= mostColumns);
    double half[6][3][mostColumns] = {};  // G g
    for (int column = 0; column < count; ++column) {
        const float* kernel = kernels + std::size_t(column) * step;
        for (int y = 0; y < n; ++y)
            for (int x = 0; x < 3; ++x)
                half[y][x][column] = g[y][0] * kernel[x] + g[y][1] * kernel[3 + x] + g[y][2] * kernel[6 + x];
    }
    for (int y = 0; y < n; ++y)
        for (int x = 0; x < n; ++x) {
            float* row = to + std::size_t(y * n + x) * positionStride;
            for (int column = 0; column < width; ++column)
                row[column] = float(half[y][0][column] * g[x][0] + half[y][1][column] * g[x][1] +
                                    half[y][2][column] * g[x][2]);
        }
}

int depthOf(const ConvolutionShape& shape, ConvolutionAlgorithm algorithm) {
    return algorithm == ConvolutionAlgorithm::Direct ? shape.kernel * shape.kernel * shape.input.channels
                                                     : shape.input.channels;
}

int panelsOf(const ConvolutionShape& shape, int panelWidth) {
    return (shape.output.channels + panelWidth - 1) / panelWidth;
}

}  // namespace

std::size_t PackedWeights::sizeOf(const ConvolutionShape& shape, ConvolutionAlgorithm algorithm,
                                  int panelWidth) {
    return std::size_t(panelsOf(shape, panelWidth)) * positionsOf(algorithm) * depthOf(shape, algorithm) *
           panelWidth;
}

PackedWeights::PackedWeights(const ConvolutionShape& shape, std::span<const float> weights,
                             ConvolutionAlgorithm algorithm, int panelWidth)
    : m_positions(positionsOf(algorithm)),
      m_depth(depthOf(shape, algorithm)),
      m_panelWidth(panelWidth),
      m_panels(panelsOf(shape, panelWidth)),
      m_values(sizeOf(shape, algorithm, panelWidth)) {
    assert(isApplicable(algorithm, shape));
    const int inputs = shape.input.channels;
    const int taps = shape.kernel * shape.kernel;
    const std::size_t step = std::size_t(inputs) * taps;
    const std::vector<Row> g = kernelTransform(algorithm);
    tbb::parallel_for(0, m_panels * inputs, [&](int task) {
        const int panel = task / inputs;
        const int input = task % inputs;
        const int first = panel * panelWidth;
        const int count = std::min(panelWidth, shape.output.channels - first);
        const float* kernels = weights.data() + first * step + std::size_t(input) * taps;
        float* to = m_values.data() + std::size_t(panel) * m_positions * m_depth * panelWidth +
                    std::size_t(input) * panelWidth;
        if (algorithm != ConvolutionAlgorithm::Direct) {
            transformKernels(g, kernels, step, count, panelWidth, to, std::size_t(m_depth) * panelWidth);
            return;
        }
        for (int tap = 0; tap < taps; ++tap, to += std::size_t(inputs) * panelWidth)
            for (int column = 0; column < panelWidth; ++column)
                to[column] = column < count ? kernels[column * step + tap] : 0.0f;
    });
}

}  // namespace resnet
