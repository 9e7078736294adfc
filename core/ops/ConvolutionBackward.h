#pragma once

#include "core/ops/Convolution.h"
#include "core/ops/ConvolutionAlgorithm.h"
#include "core/ops/Maps.h"
#include "core/ops/kernels/KernelTable.h"
#include "core/tensor/AlignedBuffer.h"

#include <span>
#include <stop_token>
#include <variant>

namespace resnet {

// What becomes of a gradient dX when it is made; all maps are of its shape. With `addend` (null: 0):
//   sum = dX + addend, which may be the addend itself
// and, where the input came from a ReLU and a batch norm, theirs with it while it is in registers:
//   gated = gate > 0 ? sum : 0, with the ReLU's input (or output) as gate; null: not wanted
//   scaled = gated * scale[c], with the batch norm's scale; null: not wanted
// `sum` may be null if there is a gate and the stride is 1.
struct BackwardResults {
    const float* addend = nullptr;
    float* sum = nullptr;
    const float* gate = nullptr;
    float* gated = nullptr;
    const float* scale = nullptr;
    float* scaled = nullptr;
};

// The gradient of a strided convolution's input. Row ky of the kernels gives a row of dY, one matrix product,
// back to one row of the input: windows of kernel x input channels numbers each, that overlap and are added
// up while they are in the cache. A row of the input gets the rows ky in their order; same bits whatever the
// threads. Immutable.
class StridedBackward {
public:
    // `weights` are those of the forward convolution, output x input x kernel x kernel. Parallel on TBB.
    StridedBackward(const ConvolutionShape& forward, std::span<const float> weights,
                    const kernels::Table& kernels);

    std::size_t packedSize() const { return m_weights.size(); }
    // Floats of scratch memory that run() needs, aligned to a cache line.
    std::size_t scratchSize(int threads) const;

    // In the current TBB arena of at most `threads` slots; `results` as for ConvolutionBackward::run.
    void run(const MapsView& gradient, const BackwardResults& results, float* scratch, int threads,
             const std::stop_token& stop) const;

private:
    // What one task makes: these rows of the input, and of them the channels of one group.
    struct Part {
        int firstRow = 0;
        int lastRow = 0;
        int group = 0;
    };
    int rowsOfTask(int threads) const;
    // What lies side by side of a part's row: begins at float `at` of the map, with channel `firstChannel`.
    struct Piece {
        std::size_t at = 0;
        int cells = 0;
        int firstChannel = 0;
    };
    template <class Body>
    void forPieces(const Part& part, const Body& body) const;
    const float* panel(int kernelRow, int block) const;

    void begin(const Part& part, const BackwardResults& results) const;
    void addKernelRow(const Part& part, int kernelRow, const float* gradient, float* product,
                      float* sum) const;
    // The product of `block` with output row y, to input row `row`.
    void addBlock(const float* product, int block, float* row) const;
    void finish(const Part& part, const BackwardResults& results) const;

    ConvolutionShape m_forward;
    const kernels::Table* m_kernels;
    int m_width;   // of a window's row: kernel x input channels
    int m_blocks;  // panels that it takes
    // Channels are shared out where panels hold channels of one cell alone, else they are one group.
    int m_groups;
    int m_channelsOfGroup;
    AlignedBuffer m_weights;  // kernel row x block x output channel x panel width
};

// The gradient of a convolution's input, from that of its output:
//   dX[i][y][x] = sum over o, ky, kx of weight[o][i][ky][kx] * dY[o][(y + padTop - ky) / stride][(x + padLeft
//   - kx) / stride], where both divide without a rest and lie in the output.
// With stride 1 this is a convolution of dY with the kernels turned by half a turn, inputs and outputs
// exchanged, in any of the algorithms; with a larger one StridedBackward makes it. Immutable; same bits
// whatever the threads.
class ConvolutionBackward {
public:
    // The convolution that it is: the turned one, or the 1 x 1 one that gives windows of kernel^2 x input
    // channels.
    static ConvolutionShape productShapeOf(const ConvolutionShape& forward);

    // `weights` are those of the forward convolution, output x input x kernel x kernel; `algorithm` is
    // applicable to productShapeOf(forward), and taken with stride 1. Parallel on TBB.
    ConvolutionBackward(const ConvolutionShape& forward, std::span<const float> weights,
                        ConvolutionAlgorithm algorithm, const kernels::Table& kernels);

    std::size_t packedSize() const;
    // Floats of scratch memory that run() needs, aligned to a cache line.
    std::size_t scratchSize(int images, int threads) const;

    // In the current TBB arena of at most `threads` slots. With a gate there is one gradient, else the
    // results hold as many maps as there are. A stop request leaves them incomplete.
    void run(const MapsView& gradient, const BackwardResults& results, float* scratch, int threads,
             const std::stop_token& stop = {}) const;

private:
    int m_inputs;
    std::variant<Convolution, StridedBackward> m_made;
};

}  // namespace resnet
