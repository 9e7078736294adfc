#pragma once

#include "core/inference/Run.h"
#include "core/network/Network.h"

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

// Runs a network step by step and keeps every output (the observed pass). Parallel on TBB in an arena of its
// own; the same input gives the same bits whatever the number of threads. One run at a time per executor.
class Executor {
public:
    // `threads` 0 takes all the machine has. Packs the weights.
    explicit Executor(std::shared_ptr<const Network> network, int threads = 0);
    // Shares weights that are packed already, and takes its threads from their options.
    explicit Executor(std::shared_ptr<const PackedNetwork> packed);
    ~Executor();
    Executor(Executor&&) noexcept;
    Executor& operator=(Executor&&) noexcept;

    const std::shared_ptr<const Network>& network() const;
    const std::shared_ptr<const PackedNetwork>& packed() const;
    int threads() const;

    // No outputs yet. Throws Error if the input's shape is not the network's.
    Run start(FeatureMapsPtr input) const;

    // Computes what is missing of the steps up to and including `last`, in order. Stops within 100 ms of a
    // stop request, inside a step too; what was finished stays in `activations`, and a later run goes on from
    // there.
    RunOutcome run(Run& activations, StepId last, const std::stop_token& stop = {},
                   const StepObserver& observer = {});
    RunOutcome run(Run& activations, const std::stop_token& stop = {}, const StepObserver& observer = {}) {
        return run(activations, network()->graph().softmaxStep(), stop, observer);
    }

private:
    struct Implementation;
    std::unique_ptr<Implementation> m_implementation;
};

}  // namespace resnet
