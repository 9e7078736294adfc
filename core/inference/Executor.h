#pragma once

#include "core/inference/Run.h"

#include <functional>
#include <memory>
#include <stop_token>

namespace resnet {

class PackedNetwork;

struct FinishedStep {
    StepId step = 0;
    FeatureMapsPtr output;
    double milliseconds = 0.0;  // see Run::milliseconds
};

// Called on the thread that runs the executor, in the order of the steps.
using StepObserver = std::function<void(const FinishedStep&)>;

enum class RunOutcome { Finished, Cancelled };

// Runs a network step by step and keeps every output (the observed pass), with the edits that each run has.
// Parallel on TBB in an arena of its own; the same run gives the same bits whatever the number of threads,
// and whether it is computed as a whole or from where its edits begin. One run at a time per executor.
//
// All of an F(x) that is off is computed, too: its steps show what it would add.
class Executor {
public:
    // `threads` 0 takes all the machine has. Packs the weights.
    explicit Executor(std::shared_ptr<const Network> network, int threads = 0);
    // Shares weights that are packed already, and takes its threads from their options.
    explicit Executor(std::shared_ptr<const PackedNetwork> packed);
    ~Executor();
    Executor(Executor&&) noexcept;
    Executor& operator=(Executor&&) noexcept;

    // As it was opened.
    const std::shared_ptr<const Network>& network() const;
    const std::shared_ptr<const PackedNetwork>& packed() const;
    int threads() const;

    // No outputs yet. Throws Error if the input's shape is not the network's, and for edits that cannot be
    // made.
    Run start(FeatureMapsPtr input, const Edits& edits = {}) const;

    // Computes what is missing of the steps up to and including `last`, in order, and puts the run with it in
    // the place of `run`. Stops within 100 ms of a stop request, inside a step too; what was finished stays
    // in `run`, and a later call goes on from there. Throws Error for a run of another network or without an
    // input.
    RunOutcome run(Run& run, StepId last, const std::stop_token& stop = {},
                   const StepObserver& observer = {});
    RunOutcome run(Run& run, const std::stop_token& stop = {}, const StepObserver& observer = {}) {
        return this->run(run, network()->graph().softmaxStep(), stop, observer);
    }

private:
    struct Implementation;
    std::unique_ptr<Implementation> m_implementation;
};

}  // namespace resnet
