#pragma once

#include "core/inference/PackedNetwork.h"
#include "core/ops/ConvolutionBackward.h"

#include <memory>
#include <mutex>
#include <vector>

namespace resnet {

// The weights of a network packed for the way back, each when it is first asked for: who only runs networks
// pays nothing. Safe to use from several threads.
class BackwardWeights {
public:
    explicit BackwardWeights(std::shared_ptr<const PackedNetwork> packed);
    // The same for its network with edited weights (packedWith); what both have is shared.
    BackwardWeights(const BackwardWeights& opened, std::shared_ptr<const PackedNetwork> edited);

    const std::shared_ptr<const PackedNetwork>& packed() const { return m_packed; }
    const Network& network() const { return *m_packed->network(); }
    // Of a convolution step. Packs in the current TBB arena.
    const ConvolutionBackward& convolution(StepId step) const;
    // What is packed so far, in bytes; what is shared counts each time.
    std::size_t packedBytes() const;

private:
    struct Slot {
        std::mutex mutex;
        std::unique_ptr<const ConvolutionBackward> made;
    };
    std::shared_ptr<const PackedNetwork> m_packed;
    std::vector<std::shared_ptr<Slot>> m_slots;  // by step
};

}  // namespace resnet
