#pragma once

#include "core/network/Edits.h"
#include "core/ops/kernels/KernelTable.h"

#include <optional>
#include <vector>

namespace resnet {

// Steps that are computed in one go: a convolution with the batch norm, addition and ReLU that follow it,
// applied while each value is in registers; or any other step alone, but that an addition may have its ReLU
// with it.
struct StepGroup {
    StepId step = 0;             // the first step
    std::optional<StepId> norm;  // each of these reads the one before it
    std::optional<StepId> sum;
    std::optional<StepId> relu;
    StepId input = inputStep;
    std::optional<StepId> shortcut;  // the other input of `sum`, or of `step` if that is an addition
    kernels::Gains gains;            // of that addition

    // The step whose output leaves the group.
    StepId result() const { return relu ? *relu : sum ? *sum : norm ? *norm : step; }
};

// Observed: every step's output is kept, so every step is computed, in order; that of an F(x) that is off,
// too: its outputs are what it would add. Fused: the logits alone are wanted. What nothing but an off term
// reads is left out, and additions of projection units are drawn into the main path's last convolution, which
// then comes after the projection.
enum class PassKind { Observed, Fused };

// What a pass over a network with edits runs.
struct Plan {
    std::vector<StepGroup> groups;
    // The first step whose output can differ from that without edits; the number of steps if none can.
    StepId firstDifferent = 0;
};

Plan planFor(const Graph& graph, const Edits& edits, PassKind kind);

// Which buffer each group's result goes to, so that buffers are used again as soon as nothing reads them any
// more.
struct BufferPlan {
    std::vector<int> bufferOfGroup;
    std::vector<std::size_t> bufferSizes;  // floats for one image
};

BufferPlan planBuffers(const Graph& graph, const std::vector<StepGroup>& groups);

}  // namespace resnet
