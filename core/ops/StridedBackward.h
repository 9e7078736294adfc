#pragma once

#include "core/ops/ConvolutionAlgorithm.h"
#include "core/ops/Maps.h"
#include "core/ops/kernels/KernelTable.h"
#include "core/tensor/AlignedBuffer.h"

#include <span>
#include <stop_token>

namespace resnet {

struct BackwardResults;

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

}  // namespace resnet
