#pragma once

#include "core/inference/PackedNetwork.h"
#include "core/inference/Plan.h"
#include "core/ops/Maps.h"

#include <stop_token>

namespace resnet {

// Where a group keeps the outputs of its steps; empty views are not kept.
struct GroupOutputs {
    MutableMapsView convolved;
    MutableMapsView normalised;
    MutableMapsView summed;
    MutableMapsView rectified;
};

// Computes single steps and groups of a packed network in the current TBB arena. Both passes run through
// here, so they give the same bits.
class StepRunner {
public:
    StepRunner(const PackedNetwork& packed, int threads) : m_packed(&packed), m_threads(threads) {}

    // A convolution and what follows it.
    void runGroup(const StepGroup& group, const MapsView& input, const MapsView& shortcut,
                  const GroupOutputs& outputs, float* scratch, const std::stop_token& stop) const;

    // Any one step. `second` is the shortcut of an addition, `gains` are its gains. Except for convolutions
    // and pooling, `output` may be the input itself.
    void runStep(const Step& step, const MapsView& input, const MapsView& second, const kernels::Gains& gains,
                 const MutableMapsView& output, float* scratch, const std::stop_token& stop) const;

private:
    const PackedNetwork* m_packed;
    int m_threads;
};

}  // namespace resnet
