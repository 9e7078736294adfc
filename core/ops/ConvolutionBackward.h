#pragma once

#include "core/ops/Convolution.h"

#include <span>
#include <stop_token>

namespace resnet {

// The gradient of a convolution's input, from that of its output:
//   dX[i][y][x] = sum over o, ky, kx of weight[o][i][ky][kx] * dY[o][(y + padTop - ky) / stride][(x + padLeft
//   - kx) / stride], where both divide without a rest and lie in the output.
// With stride 1 this is a convolution of dY with the kernels turned by half a turn, inputs and outputs
// exchanged, in any of the algorithms. With a larger stride each cell of dY gives a window of kernel^2 x
// input channels (one matrix product, a 1 x 1 convolution), and the windows are added up where they lie.
// Immutable; same bits whatever the threads.
class ConvolutionBackward {
public:
    // The convolution that it is made of: the turned one, or the 1 x 1.
    static ConvolutionShape productShapeOf(const ConvolutionShape& forward);

    // `weights` are those of the forward convolution, output x input x kernel x kernel; `algorithm` is
    // applicable to productShapeOf(forward). Parallel on TBB.
    ConvolutionBackward(const ConvolutionShape& forward, std::span<const float> weights,
                        ConvolutionAlgorithm algorithm, const kernels::Table& kernels);

    std::size_t packedSize() const { return m_product.packedSize(); }
    // Floats of scratch memory that run() needs, aligned to a cache line.
    std::size_t scratchSize(int images, int threads) const;

    // output = dX, plus `addend` where that is not null: a map for each image, which may be the output's own.
    // In the current TBB arena of at most `threads` slots. A stop request leaves the results incomplete.
    void run(const MapsView& gradient, const float* addend, const MutableMapsView& output, float* scratch,
             int threads, const std::stop_token& stop = {}) const;

private:
    bool isStrided() const { return m_forward.stride != 1; }
    std::size_t windowsSize() const { return isStrided() ? m_product.shape().output.size() : 0; }
    void addWindows(const float* windows, const float* addend, float* output) const;

    ConvolutionShape m_forward;
    const kernels::Table* m_kernels;
    Convolution m_product;
};

}  // namespace resnet
