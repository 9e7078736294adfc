#pragma once

#include "core/inference/BackwardWeights.h"
#include "core/inference/Run.h"
#include "core/ops/Relu.h"
#include "core/tensor/BufferPool.h"

#include <optional>
#include <stop_token>
#include <vector>

namespace resnet {

// Gradients of one step's output, numbers `first` to `first + count - 1`. `maps` holds them one below the
// other, as one map at least `count` times as high.
struct GradientBatch {
    int first = 0;
    int count = 0;
    std::shared_ptr<FeatureMaps> maps;

    int last() const { return first + count; }
};

// The steps of a run taken back one after the other, the last first. Each gives its input what its output
// got; an input that several read gets the sum. Internal to the engine; runs in the current TBB arena.
class BackwardPass {
public:
    struct Rules {
        ReluRule relu = ReluRule::Derivative;
        bool countsUnits = false;  // through the F(x) of a unit, gradient n becomes number n + 1
        StepId until = inputStep;
        bool keepsAll = true;  // else only the gradient of `until` is looked at
        int most = 1;          // gradients of one step: room is made for so many, so that it fits all
    };
    // What the pass works with, kept from pass to pass.
    struct Memory {
        AlignedBuffer scratch;
        std::shared_ptr<BufferPool> pool;
    };
    BackwardPass(const Run& run, const BackwardWeights& weights, const Rules& rules, int threads,
                 Memory& memory);

    // Begins with what a step's output has got.
    void begin(StepId step, GradientBatch gradient);
    // The gradient of a step's output, when all steps after it are done; no maps if it is 0 everywhere.
    const GradientBatch& at(StepId step) const { return m_gradients[placeOf(step)]; }
    // Gives on what a step's output has got; `forget` frees it.
    void goThrough(const Step& step, const std::stop_token& stop);
    void forget(StepId step) { m_gradients[placeOf(step)] = {}; }

private:
    // One function a kind of step: what the input of `step` gets for `gradient`.
    void throughConvolution(const Step& step, const GradientBatch& gradient, const std::stop_token& stop);
    GradientBatch throughOperation(const Step& step, const GradientBatch& gradient,
                                   const std::stop_token& stop);
    void throughAddition(const Step& step, const GradientBatch& gradient, const std::stop_token& stop);
    GradientBatch times(const GradientBatch& gradient, const FeatureShape& shape, float gain,
                        const std::stop_token& stop);
    void give(StepId to, GradientBatch gradient, const std::stop_token& stop);

    // The ReLU that made a convolution's input, what that read, and the batch norm whose gradient is the
    // ReLU's times its scale: made together with the convolution's (BackwardResults) if nothing else reads
    // them.
    struct Followers {
        StepId relu = inputStep;
        StepId beforeRelu = inputStep;
        std::optional<StepId> norm;
    };
    std::optional<Followers> followersOf(const Step& convolution, const GradientBatch& gradient) const;
    bool isReadOnce(StepId step) const { return step >= 0 && graph().consumersOf(step).size() == 1; }
    GradientBatch& slot(StepId step) { return m_gradients[placeOf(step)]; }

    bool isWanted(StepId step) const { return step >= m_rules.until; }
    std::shared_ptr<FeatureMaps> makeMaps(const FeatureShape& shape, int count) const;
    const kernels::Table& kernels() const { return m_weights->packed()->kernels(); }
    const Graph& graph() const { return m_run->graph(); }

    const Run* m_run;
    const BackwardWeights* m_weights;
    Rules m_rules;
    int m_threads;
    Memory* m_memory;
    std::vector<GradientBatch> m_gradients;  // of the input first, then of each step
    std::vector<bool> m_isDone;              // by step: its input has what it gets
};

}  // namespace resnet
