#include "core/network/Graph.h"

#include "core/network/GraphBuilder.h"

#include <algorithm>

namespace resnet {

std::string_view name(StepKind kind) {
    switch (kind) {
        case StepKind::Convolution:
            return "convolution";
        case StepKind::BatchNorm:
            return "batch norm";
        case StepKind::ReLU:
            return "ReLU";
        case StepKind::MaxPool:
            return "max pool";
        case StepKind::Add:
            return "add";
        case StepKind::GlobalAveragePool:
            return "global average pool";
        case StepKind::Dense:
            return "dense";
        case StepKind::Softmax:
            return "softmax";
    }
    return "";
}

Graph::Graph(NetworkSpec spec) : m_spec(std::move(spec)), m_inputShape(m_spec.inputShape()) {
    validate(m_spec);
    GraphBuilder(*this).build();
}

const ResidualUnit* Graph::unitOf(StepId id) const {
    if (id == inputStep)
        return nullptr;
    return unit(step(id).stage, step(id).unit);
}

const ResidualUnit* Graph::unit(int stage, int unit) const {
    const auto found = std::ranges::find_if(
        m_units, [&](const auto& each) { return each.stage == stage && each.unit == unit; });
    return found == m_units.end() ? nullptr : &*found;
}

const FeatureShape& Graph::outputShape(StepId id) const {
    return id == inputStep ? m_inputShape : step(id).output;
}

const std::string& Graph::stepName(StepId id) const {
    static const std::string input = "input";
    return id == inputStep ? input : step(id).name;
}

std::optional<StepId> Graph::find(std::string_view stepName) const {
    const auto found = std::ranges::find(m_steps, stepName, &Step::name);
    if (found == m_steps.end())
        return std::nullopt;
    return found->id;
}

namespace {

std::int64_t sum(const std::vector<Step>& steps, std::int64_t Step::*field) {
    std::int64_t total = 0;
    for (const Step& step : steps)
        total += step.*field;
    return total;
}

}  // namespace

std::int64_t Graph::trainableParameters() const {
    return sum(m_steps, &Step::trainableParameters);
}
std::int64_t Graph::totalParameters() const {
    return sum(m_steps, &Step::totalParameters);
}
std::int64_t Graph::multiplyAdds() const {
    return sum(m_steps, &Step::multiplyAdds);
}

bool isPerClass(const Graph& graph, StepId step) {
    return step == graph.logitsStep() || step == graph.softmaxStep();
}

std::vector<ParameterInfo> parametersOf(const Graph& graph) {
    std::vector<ParameterInfo> parameters;
    for (const Step& step : graph.steps()) {
        const std::int64_t in = step.input.channels;
        const std::int64_t out = step.output.channels;
        const auto add = [&](const char* suffix, std::vector<std::int64_t> shape, bool trainable = true) {
            parameters.push_back({step.name + suffix, std::move(shape), step.id, trainable});
        };
        switch (step.kind) {
            case StepKind::Convolution:
                add(".weight", {out, in, step.window.kernel, step.window.kernel});
                break;
            case StepKind::BatchNorm:
                add(".weight", {out});
                add(".bias", {out});
                add(".running_mean", {out}, false);
                add(".running_var", {out}, false);
                break;
            case StepKind::Dense:
                add(".weight", {out, in});
                add(".bias", {out});
                break;
            default:
                break;
        }
    }
    return parameters;
}

std::string shapeText(const FeatureShape& shape) {
    if (shape.isVector())
        return std::to_string(shape.channels);
    return std::to_string(shape.height) + " × " + std::to_string(shape.width) + " × " +
           std::to_string(shape.channels);
}

}  // namespace resnet
