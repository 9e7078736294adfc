#include "core/network/Network.h"

#include "core/Error.h"
#include "core/network/Initialization.h"

#include <algorithm>
#include <cassert>
#include <set>

namespace resnet {

namespace {

using Extents = std::vector<std::int64_t>;

std::string layoutHint(const Extents& expected, const Extents& found) {
    if (!std::ranges::is_permutation(expected, found))
        return "";
    if (expected.size() == 4 && found == Extents{expected[2], expected[3], expected[1], expected[0]})
        return " (height x width x in x out, as TensorFlow keeps kernels)";
    if (expected.size() == 2)
        return " (transposed)";
    return " (the same extents in another order)";
}

StateDict withoutBatchCounts(StateDict parameters) {
    std::erase_if(parameters, [](const auto& entry) { return isIgnored(entry.first); });
    return parameters;
}

}  // namespace

bool isIgnored(const std::string& tensorName) {
    return tensorName.ends_with(".num_batches_tracked");
}

std::vector<std::string> mismatchesOf(const Graph& graph, const StateDict& parameters) {
    std::vector<std::string> problems;
    std::set<std::string, std::less<>> known;
    for (const ParameterInfo& parameter : parametersOf(graph)) {
        known.insert(parameter.name);
        const std::string expected = parameter.name + ": expected " + shapeText(parameter.shape) + ", found ";
        const auto found = parameters.find(parameter.name);
        if (found == parameters.end())
            problems.push_back(expected + "nothing");
        else if (found->second.shape != parameter.shape)
            problems.push_back(expected + shapeText(found->second.shape) +
                               layoutHint(parameter.shape, found->second.shape));
    }
    for (const auto& [name, tensor] : parameters)
        if (!known.contains(name) && !isIgnored(name))
            problems.push_back(name + ": expected nothing of this name, found " + shapeText(tensor.shape));
    return problems;
}

Network::Network(const NetworkSpec& spec, StateDict parameters)
    : Network(Graph(spec), std::move(parameters)) {}

Network::Network(Graph graph, StateDict parameters)
    : Network(std::move(graph),
              std::make_shared<const StateDict>(withoutBatchCounts(std::move(parameters)))) {}

Network::Network(Graph graph, std::shared_ptr<const StateDict> parameters)
    : m_graph(std::move(graph)), m_parameters(std::move(parameters)) {
    std::vector<std::string> problems = mismatchesOf(m_graph, *m_parameters);
    if (problems.empty())
        return;
    const std::string first = problems.front();
    problems.erase(problems.begin());
    const std::string more = problems.empty() ? "" : " (and " + std::to_string(problems.size()) + " more)";
    throw Error(first + more, std::move(problems));
}

Network Network::withSpec(NetworkSpec spec) const {
    if (const auto& layers = m_graph.statedLayers())
        return {Graph(layers, std::move(spec)), m_parameters};
    return {Graph(spec), m_parameters};
}

Network Network::initialised(const NetworkSpec& spec, std::uint64_t seed) {
    StateDict parameters = initialParameters(Graph(spec), seed);
    return {spec, std::move(parameters)};
}

StateDict underStepNames(const Graph& graph, StateDict parameters) {
    std::map<std::string, std::string, std::less<>> stepOfLayer;
    for (const Step& step : graph.steps())
        if (!step.layer.empty())
            stepOfLayer.emplace(step.layer, step.name);
    StateDict renamed;
    while (!parameters.empty()) {
        auto entry = parameters.extract(parameters.begin());
        const std::size_t dot = entry.key().rfind('.');
        const auto found =
            dot == std::string::npos ? stepOfLayer.end() : stepOfLayer.find(entry.key().substr(0, dot));
        if (found != stepOfLayer.end())
            entry.key() = found->second + entry.key().substr(dot);
        renamed.insert(std::move(entry));
    }
    return renamed;
}

std::vector<float> Network::channelValues(StepId step, std::string_view suffix) const {
    const Step& of = m_graph.step(step);
    const std::vector<ParameterKind> kinds = parameterKindsOf(of);
    if (std::ranges::find(kinds, suffix, &ParameterKind::suffix) != kinds.end())
        return parameter(step, suffix).values;
    return std::vector<float>(std::size_t(of.output.channels), suffix == "weight" ? 1.0f : 0.0f);
}

const Tensor& Network::parameter(StepId step, std::string_view suffix) const {
    const std::optional<StepId> source = sourceOf(step);
    const StateDict& parameters = source ? *m_parameters : *m_started;
    const auto found = parameters.find(m_graph.step(source.value_or(step)).name + "." + std::string(suffix));
    assert(found != parameters.end());
    return found->second;
}

std::optional<StepId> Network::sourceOf(StepId step) const {
    return m_sources.empty() ? step : m_sources[std::size_t(step)];
}

Network Network::with(const Edits& edits) const {
    validate(edits, m_graph);
    Network edited = *this;
    edited.m_sources.assign(std::size_t(m_graph.stepCount()), std::nullopt);
    for (const Step& step : m_graph.steps())
        edited.m_sources[std::size_t(step.id)] = step.id;
    StateDict started;
    for (const auto& [id, edit] : edits.units()) {
        const std::span<const Step> steps = m_graph.stepsOf(*m_graph.unit(id.stage, id.unit));
        if (const auto* of = std::get_if<WeightsOf>(&edit.weights)) {
            const std::span<const Step> sources =
                m_graph.stepsOf(*m_graph.unit(of->unit.stage, of->unit.unit));
            for (std::size_t i = 0; i < steps.size(); ++i)
                edited.m_sources[std::size_t(steps[i].id)] = sources[i].id;
        } else if (const auto* anew = std::get_if<NewWeights>(&edit.weights)) {
            started.merge(initialParameters(steps, anew->seed));
            for (const Step& step : steps)
                edited.m_sources[std::size_t(step.id)].reset();
        }
    }
    edited.m_started = std::make_shared<const StateDict>(std::move(started));
    return edited;
}

}  // namespace resnet
