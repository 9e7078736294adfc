#pragma once

#include "core/network/Edits.h"
#include "core/network/Graph.h"
#include "core/tensor/Tensor.h"

#include <memory>
#include <string>
#include <vector>

namespace resnet {

// A graph with its parameters, checked against each other; immutable. Parameters keep their canonical names
// and PyTorch's layout; what the engine needs of them (packing, folded batch norm) is the engine's own.
class Network {
public:
    // Throws Error that names every missing, extra and misshapen tensor (the first in what(), the rest in
    // details()). "*.num_batches_tracked" is ignored.
    Network(const NetworkSpec& spec, StateDict parameters);
    // The same for a graph that was put together elsewhere.
    Network(Graph graph, StateDict parameters);

    // The network without a file: initialParameters() from a seed.
    static Network initialised(const NetworkSpec& spec, std::uint64_t seed);

    // The same parameters, shared, in a network that pads otherwise, takes another input size or has another
    // epsilon. Throws Error if the spec is out of range or asks for other parameters.
    Network withSpec(NetworkSpec spec) const;

    // The same network with the weights that `edits` asks for; the tensors are shared. Gains are no
    // parameters: executors apply them. Of a network that has edits, its edits do not count. Throws Error
    // like validate().
    Network with(const Edits& edits) const;

    const Graph& graph() const { return m_graph; }
    const NetworkSpec& spec() const { return m_graph.spec(); }
    // All parameters as they were before any edits.
    const StateDict& parameters() const { return *m_parameters; }
    // The one that a step uses, with edits. `suffix` is "weight", "bias", "running_mean" or "running_var".
    // The step must have it.
    const Tensor& parameter(StepId step, std::string_view suffix) const;
    // The step under whose name the parameters of a step are in parameters(): itself, or with edits one of
    // another unit. Nothing if they were started anew.
    std::optional<StepId> sourceOf(StepId step) const;
    // The numbers of a parameter that a step may be without, one per channel: a bias that is not there is 0,
    // a batch norm's weight 1.
    std::vector<float> channelValues(StepId step, std::string_view suffix) const;

private:
    Network(Graph graph, std::shared_ptr<const StateDict> parameters);

    Graph m_graph;
    std::shared_ptr<const StateDict> m_parameters;
    std::vector<std::optional<StepId>> m_sources;  // by step; empty without edits
    std::shared_ptr<const StateDict> m_started;    // parameters started anew
};

// "*.num_batches_tracked": what PyTorch counts of training, and no network here reads.
bool isIgnored(const std::string& tensorName);

// Every missing, misshapen and extra tensor, one line each: "conv1.weight: expected 64 x 3 x 7 x 7, found
// 7 x 7 x 3 x 64 (height x width x in x out, as TensorFlow keeps kernels)". "*.num_batches_tracked" is
// ignored.
std::vector<std::string> mismatchesOf(const Graph& graph, const StateDict& parameters);

// Parameters under the names of a graph's stated layers ("conv2d_3.weight"), put under those of its steps
// ("layer1.0.conv1.weight"); others keep their names.
StateDict underStepNames(const Graph& graph, StateDict parameters);

}  // namespace resnet
