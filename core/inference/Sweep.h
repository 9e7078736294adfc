#pragma once

#include "core/network/Graph.h"

#include <optional>
#include <vector>

namespace resnet {

// Steps that are computed in one go: a convolution with the batch norm, addition and ReLU that follow it,
// applied while each value is in registers; or any other step alone.
struct Sweep {
    StepId step = 0;             // the convolution, or the only step
    std::optional<StepId> norm;  // each of these reads the one before it
    std::optional<StepId> sum;
    std::optional<StepId> relu;
    StepId input = inputStep;
    std::optional<StepId> shortcut;  // the other input of `sum`, or of `step` if that is an addition

    // The step whose output leaves the sweep.
    StepId result() const { return relu ? *relu : sum ? *sum : norm ? *norm : step; }
};

// Sweeps of neighbouring steps, in the order of the steps: what the observed pass runs.
std::vector<Sweep> sweepsInStepOrder(const Graph& graph);

// The same with the additions of projection units drawn into the main path's last convolution, which then
// comes after the projection: what the fused pass runs.
std::vector<Sweep> fusedSweeps(const Graph& graph);

}  // namespace resnet
