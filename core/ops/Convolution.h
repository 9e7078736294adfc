#pragma once

#include "core/ops/ConvolutionRows.h"
#include "core/ops/PackedWeights.h"

#include <span>
#include <stop_token>

namespace resnet {

// A convolution and what follows it, over square kernels:
//   output[o][y][x] = sum of weight[o][i][ky][kx] * input[i][y * stride + ky - padTop][x * stride + kx - padLeft]
// over i, ky and kx, where cells outside the input count as 0; then the epilogue (batch norm, shortcut, ReLU)
// on each value while it is in registers. Immutable and ready to run: weights packed for one algorithm and
// one kind of processor. docs/engine.md explains the way from the formula to the kernels;
// tests/core/ops/Naive.h has the formula as plain loops.
//
// Every result is one sum in one order, whatever the threads, the batch and what the epilogue keeps: same
// bits.
class Convolution {
public:
    // `weights` are output x input x kernel x kernel. Parallel on TBB.
    Convolution(const ConvolutionShape& shape, std::span<const float> weights, ConvolutionAlgorithm algorithm,
                const kernels::Table& kernels);

    const ConvolutionShape& shape() const { return m_shape; }
    ConvolutionAlgorithm algorithm() const { return m_algorithm; }
    std::size_t packedSize() const { return m_weights.size(); }

    // Floats of scratch memory that run() needs, aligned to a cache line.
    std::size_t scratchSize(int images, int threads) const;

    // In the current TBB arena, which must have at most `threads` slots. The epilogue's maps hold as many
    // images as the input, one after the other. A stop request leaves the results incomplete.
    void run(const MapsView& input, const kernels::Epilogue& epilogue, float* scratch, int threads,
             const std::stop_token& stop = {}) const;

private:
    // How rows and panels are shared out.
    struct Schedule {
        bool gatherFirst = false;  // all rows before the first product; else each task gathers its own
        int rows = 0;
        int rowsOfTask = 0;
        int rowTasks = 0;
        std::size_t leftSize = 0;     // floats of a gathered block
        std::size_t productSize = 0;  // floats of one task's product with one panel
    };
    Schedule schedule(int images, int threads) const;
    std::size_t leftStride(int rows) const;
    std::size_t productStride(int rows) const;
    void multiplyAndFinish(const float* left, std::size_t leftStride, int first, int last, int panel,
                           float* product, const kernels::Epilogue& epilogue,
                           const std::stop_token& stop) const;

    ConvolutionShape m_shape;
    ConvolutionAlgorithm m_algorithm;
    const kernels::Table* m_kernels;
    PackedWeights m_weights;
    ConvolutionRows m_rows;
};

}  // namespace resnet
