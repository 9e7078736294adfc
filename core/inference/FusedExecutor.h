#pragma once

#include "core/inference/Executor.h"
#include "core/inference/PackedNetwork.h"

#include <span>

namespace resnet {

// Runs a network for its logits alone (the fused pass): nothing else is kept, buffers are planned once and
// used again, and a warmed-up run allocates nothing. It gives the same bits as the observed pass, for any
// number of threads and any batch, with any edits; what is off is not computed. Other edits than those of the
// pass before are planned anew. One run at a time per executor.
class FusedExecutor {
public:
    // Makes room for `batch` images; a larger batch makes more when it comes.
    explicit FusedExecutor(std::shared_ptr<const PackedNetwork> packed, int batch = 1);
    ~FusedExecutor();
    FusedExecutor(FusedExecutor&&) noexcept;
    FusedExecutor& operator=(FusedExecutor&&) noexcept;

    // Of the network as it was opened.
    const std::shared_ptr<const PackedNetwork>& packed() const;

    // The logits of each image. Stops within 100 ms of a stop request. Throws Error if an input's shape is
    // not the network's, and for edits that cannot be made.
    RunOutcome run(std::span<const FeatureMapsPtr> images, const std::stop_token& stop = {});
    RunOutcome run(std::span<const FeatureMapsPtr> images, const Edits& edits,
                   const std::stop_token& stop = {});

    // The logits of a run: what it has before the first missing output is taken from it, the rest is
    // computed. Throws Error for a run of another network or without an input.
    RunOutcome finish(const Run& run, const std::stop_token& stop = {});

    // An output to be used in place of the one that a run has, or an image for `inputStep`.
    struct Exchange {
        StepId step = 0;
        FeatureMapsPtr output;
    };
    // Recomputes the logits of a run from step `first` on; what its group and later ones read of earlier
    // steps is taken from `known`, which must have it, or from `exchange`. Throws Error like finish(), naming
    // the step whose output is missing, for a step that the network does not have (`first` may be one past
    // the last) and for an exchange of another shape than its step's.
    RunOutcome runFrom(StepId first, const Run& known, const Exchange& exchange,
                       const std::stop_token& stop = {});
    RunOutcome runFrom(StepId first, const Run& known, const std::stop_token& stop = {}) {
        return runFrom(first, known, {}, stop);
    }

    // A batch's outputs of one step, image after image.
    struct BatchOutput {
        StepId step = inputStep;
        MapsView maps;
    };
    // The logits of a batch whose outputs of one step are known: the images, or what enters a unit, which all
    // later steps come from. Throws Error if the maps are not of that step's shape, and for edits that cannot
    // be made.
    RunOutcome runBatchFrom(const BatchOutput& from, const Edits& edits, const std::stop_token& stop = {});
    // From such outputs those of a later one of the same kind, in memory that the next run uses again.
    RunOutcome runBatchTo(StepId last, const BatchOutput& from, MapsView& output,
                          const std::stop_token& stop = {});

    // Of the last run that finished: one row of class scores per image, and their softmax.
    std::span<const float> logits(int image = 0) const;
    std::span<const float> probabilities(int image = 0) const;

private:
    struct Implementation;
    std::unique_ptr<Implementation> m_implementation;
};

}  // namespace resnet
