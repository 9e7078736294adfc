#pragma once

#include "core/inference/BackwardWeights.h"
#include "core/inference/Gradients.h"
#include "core/ops/Relu.h"

#include <memory>
#include <optional>
#include <stop_token>
#include <vector>

namespace resnet {

struct BackwardOptions {
    ReluRule relu = ReluRule::Derivative;
    // Where the way back ends; nothing before it is computed.
    StepId until = inputStep;
    // Else only the gradient of `until` is.
    bool keepsAll = true;
};

// Computes gradients of runs: one pass back over the steps, with the run's edits, its values held. Parallel
// on TBB in an arena of its own; same bits whatever the number of threads. Weights are packed when they are
// first needed. One pass at a time per executor.
//
// Batch norm is that of the trained network (mean and variance are constants), ReLU'(0) = 0, and the largest
// of a pooling window is the first of equal ones, as in PyTorch.
class BackwardExecutor {
public:
    // Takes its threads from the options of `packed`.
    explicit BackwardExecutor(std::shared_ptr<const PackedNetwork> packed);
    // Shares weights that are packed for the way back already.
    explicit BackwardExecutor(std::shared_ptr<const BackwardWeights> weights);
    ~BackwardExecutor();
    BackwardExecutor(BackwardExecutor&&) noexcept;
    BackwardExecutor& operator=(BackwardExecutor&&) noexcept;

    const std::shared_ptr<const BackwardWeights>& weights() const;

    // Nothing if it was stopped, within 100 ms. Throws Error for a run of another network, one that has not
    // come to the target's step, and a target that is no finite number.
    std::optional<Gradients> run(const Run& run, const GradientTarget& target,
                                 const BackwardOptions& options = {}, const std::stop_token& stop = {});

    // The gradient of one step's output (or the input), split by the number of units whose F(x) it has passed
    // on its way: part n has passed n of them, and the shortcut of all others. With the masks of the ReLUs
    // held the network is linear, so the parts add up to the whole. There are as many as units behind the
    // step, and one more; those that are 0 everywhere are null.
    std::optional<std::vector<FeatureMapsPtr>> runByUnits(const Run& run, const GradientTarget& target,
                                                          StepId of = inputStep,
                                                          const std::stop_token& stop = {});

private:
    struct Implementation;
    std::unique_ptr<Implementation> m_implementation;
};

}  // namespace resnet
