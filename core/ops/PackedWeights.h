#pragma once

#include "core/ops/ConvolutionAlgorithm.h"
#include "core/ops/kernels/KernelTable.h"
#include "core/tensor/AlignedBuffer.h"

#include <span>

namespace resnet {

// A convolution's weights in the order in which the micro-kernel reads them:
//   panel (panelWidth output channels) x position (1, 16 or 36) x depth x panelWidth, the last panel filled
//   with 0.
// Direct: depth is (y, x, input channel) of the kernel. Winograd: depth is the input channel, and position k
// holds element k of U = G g G'.
class PackedWeights {
public:
    // `weights` are output x input x kernel x kernel. Parallel on TBB.
    PackedWeights(const ConvolutionShape& shape, std::span<const float> weights,
                  ConvolutionAlgorithm algorithm, int panelWidth);

    // Floats that a convolution's weights take once packed.
    static std::size_t sizeOf(const ConvolutionShape& shape, ConvolutionAlgorithm algorithm, int panelWidth);

    int positions() const { return m_positions; }
    int depth() const { return m_depth; }
    int panels() const { return m_panels; }
    const float* panel(int panel, int position) const {
        return m_values.data() + (std::size_t(panel) * m_positions + position) * m_depth * m_panelWidth;
    }
    std::size_t size() const { return m_values.size(); }

private:
    int m_positions;
    int m_depth;
    int m_panelWidth;
    int m_panels;
    AlignedBuffer m_values;
};

}  // namespace resnet
