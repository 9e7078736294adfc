#include "core/network/Network.h"

#include "core/Error.h"
#include "core/network/Initialization.h"

#include <cassert>
#include <set>

namespace resnet {

namespace {

std::vector<std::string> mismatches(const Graph& graph, const StateDict& parameters) {
    std::vector<std::string> problems;
    std::set<std::string_view> known;
    const std::vector<ParameterInfo> expected = parametersOf(graph);
    for (const ParameterInfo& parameter : expected) {
        known.insert(parameter.name);
        const auto found = parameters.find(parameter.name);
        if (found == parameters.end())
            problems.push_back(parameter.name + ": expected " + shapeText(parameter.shape) +
                               ", found nothing");
        else if (found->second.shape != parameter.shape)
            problems.push_back(parameter.name + ": expected " + shapeText(parameter.shape) + ", found " +
                               shapeText(found->second.shape));
    }
    for (const auto& [name, tensor] : parameters)
        if (!known.contains(name))
            problems.push_back(name + ": expected nothing of this name, found " + shapeText(tensor.shape));
    return problems;
}

StateDict withoutBatchCounts(StateDict parameters) {
    std::erase_if(parameters,
                  [](const auto& entry) { return entry.first.ends_with(".num_batches_tracked"); });
    return parameters;
}

}  // namespace

Network::Network(NetworkSpec spec, StateDict parameters)
    : Network(Graph(std::move(spec)), std::move(parameters)) {}

Network::Network(Graph graph, StateDict parameters)
    : Network(std::move(graph),
              std::make_shared<const StateDict>(withoutBatchCounts(std::move(parameters)))) {}

Network::Network(Graph graph, std::shared_ptr<const StateDict> parameters)
    : m_graph(std::move(graph)), m_parameters(std::move(parameters)) {
    std::vector<std::string> problems = mismatches(m_graph, *m_parameters);
    if (problems.empty())
        return;
    const std::string first = problems.front();
    problems.erase(problems.begin());
    const std::string more = problems.empty() ? "" : " (and " + std::to_string(problems.size()) + " more)";
    throw Error(first + more, std::move(problems));
}

Network Network::withSpec(NetworkSpec spec) const {
    return {Graph(std::move(spec)), m_parameters};
}

Network Network::initialised(NetworkSpec spec, std::uint64_t seed) {
    StateDict parameters = initialParameters(Graph(spec), seed);
    return {std::move(spec), std::move(parameters)};
}

const Tensor& Network::parameter(StepId step, std::string_view suffix) const {
    const auto found = m_parameters->find(m_graph.step(step).name + "." + std::string(suffix));
    assert(found != m_parameters->end());
    return found->second;
}

}  // namespace resnet
