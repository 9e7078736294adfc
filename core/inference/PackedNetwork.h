#pragma once

#include "core/inference/EngineOptions.h"
#include "core/network/Network.h"
#include "core/ops/BatchNorm.h"
#include "core/ops/Convolution.h"

#include <memory>
#include <optional>
#include <vector>

namespace resnet {

// A convolution step as the kernels know it, and the algorithm for it.
ConvolutionShape convolutionShapeOf(const Step& step);
ConvolutionAlgorithm algorithmFor(const ConvolutionShape& shape, const EngineOptions& options);

// A network made ready for the kernels: weights packed, batch norms folded. Immutable; the observed and the
// fused pass share one, and so do any number of executors.
class PackedNetwork {
public:
    explicit PackedNetwork(std::shared_ptr<const Network> network, const EngineOptions& options = {});

    const std::shared_ptr<const Network>& network() const { return m_network; }
    const Graph& graph() const { return m_network->graph(); }
    const EngineOptions& options() const { return m_options; }
    Isa isa() const { return m_isa; }
    const kernels::Table& kernels() const { return kernelsFor(m_isa); }

    // Of a step of that kind.
    const Convolution& convolution(StepId step) const { return *m_convolutions.at(std::size_t(step)); }
    // Of a batch norm or a scale.
    const FoldedBatchNorm& batchNorm(StepId step) const { return *m_batchNorms.at(std::size_t(step)); }
    // What a convolution or dense layer adds to each channel; null if it adds nothing.
    const float* bias(StepId step) const;

    // Scratch memory for any of the convolutions, in floats.
    std::size_t scratchSize(int images, int threads) const;
    // What the packed weights take, in bytes.
    std::size_t packedBytes() const;

private:
    friend std::shared_ptr<const PackedNetwork> packedWith(const std::shared_ptr<const PackedNetwork>& packed,
                                                           const std::shared_ptr<const Network>& edited);
    void pack(const Step& step);

    std::shared_ptr<const Network> m_network;
    EngineOptions m_options;
    Isa m_isa;
    std::vector<std::shared_ptr<const Convolution>> m_convolutions;  // by step
    std::vector<std::shared_ptr<const FoldedBatchNorm>> m_batchNorms;
};

// The same for its network with edited weights (Network::with): what both have is shared, and no more than
// weights that were started anew is packed.
std::shared_ptr<const PackedNetwork> packedWith(const std::shared_ptr<const PackedNetwork>& packed,
                                                const std::shared_ptr<const Network>& edited);

}  // namespace resnet
