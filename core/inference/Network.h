#pragma once

#include "core/network/Graph.h"
#include "core/tensor/Tensor.h"

namespace resnet {

// A graph with its parameters, checked against each other; immutable. Parameters keep their canonical names
// and PyTorch's layout; what the engine needs of them (packing, folded batch norm) is the engine's own.
class Network {
public:
    // Throws Error that names every missing, extra and misshapen tensor (the first in what(), the rest in
    // details()). "*.num_batches_tracked" is ignored.
    Network(NetworkSpec spec, StateDict parameters);

    // The network without a file: initialParameters() from a seed.
    static Network initialised(NetworkSpec spec, std::uint64_t seed);

    const Graph& graph() const { return m_graph; }
    const NetworkSpec& spec() const { return m_graph.spec(); }
    const StateDict& parameters() const { return m_parameters; }
    // `suffix` is "weight", "bias", "running_mean" or "running_var". The step must have it.
    const Tensor& parameter(StepId step, std::string_view suffix) const;

private:
    Graph m_graph;
    StateDict m_parameters;
};

}  // namespace resnet
