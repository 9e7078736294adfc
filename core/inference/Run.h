#pragma once

#include "core/network/Edits.h"
#include "core/network/Network.h"
#include "core/tensor/FeatureMaps.h"

#include <memory>
#include <vector>

namespace resnet {

// One network, the edits made to it, one input, and the output of every step computed so far. A value that
// does not change: what would change it gives another one, and copies share the tensors.
class Run {
public:
    Run() = default;  // of no network: it has no steps
    // Nothing is computed yet; the input may come later (null). Throws Error for an input of another shape
    // than the network's, and like validate() for edits that cannot be made.
    explicit Run(std::shared_ptr<const Network> network, FeatureMapsPtr input = nullptr,
                 const Edits& edits = {});

    // As it was opened; null for a run of no network.
    const std::shared_ptr<const Network>& network() const;
    const Edits& edits() const;
    // The network with the weights that the edits say (Network::with), which is the opened one if they say
    // nothing of weights: what an explanation reads parameters of. Weights that are started anew are made at
    // the first call, which may take a tenth of a second; safe to call from any thread.
    const std::shared_ptr<const Network>& editedNetwork() const;
    // Of a run of a network.
    const Graph& graph() const { return network()->graph(); }

    const FeatureMapsPtr& input() const { return m_input; }
    // Null while not computed. `inputStep` gives the input.
    const FeatureMapsPtr& output(StepId step) const {
        return step == inputStep ? m_input : m_outputs.at(std::size_t(step));
    }
    bool has(StepId step) const { return output(step) != nullptr; }
    int stepCount() const { return int(m_outputs.size()); }
    // Steps computed so far, and whether that is all of them.
    int computedCount() const;
    bool isComplete() const { return computedCount() == stepCount(); }
    // stepCount() if none is.
    StepId firstMissing() const;

    // Wall time of a step. Steps computed in one group (a convolution with its batch norm and ReLU) carry the
    // group's time on the first and 0 on the others.
    double milliseconds(StepId step) const { return m_milliseconds.at(std::size_t(step)); }

    // The run of the same input with other edits: every output before the first step that can differ is kept,
    // as the same tensor. Throws Error like validate(). Of a run of a network.
    Run with(const Edits& edits) const;
    // Without the outputs of `first` and all later steps.
    Run before(StepId first) const;
    // With one output more. It must be what the network, the edits and the input give: explanations take it
    // as that.
    Run withOutput(StepId step, FeatureMapsPtr output, double milliseconds) const&;
    Run withOutput(StepId step, FeatureMapsPtr output, double milliseconds) &&;

private:
    struct Subject;
    std::shared_ptr<const Subject> m_subject;
    FeatureMapsPtr m_input;
    std::vector<FeatureMapsPtr> m_outputs;
    std::vector<double> m_milliseconds;
};

}  // namespace resnet
