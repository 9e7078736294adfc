#include "core/network/Graph.h"

#include "core/Error.h"
#include "core/network/GraphBuilder.h"

#include <algorithm>

namespace resnet {

namespace {

[[noreturn]] void refuse(const std::string& what) {
    throw Error("network: " + what);
}

void checkSteps(const std::vector<Step>& steps) {
    if (steps.empty() ||
        (steps.back().kind != StepKind::Softmax && steps.back().kind != StepKind::Activation))
        refuse("expected softmax at its end");
    for (std::size_t i = 0; i < steps.size(); ++i) {
        const Step& step = steps[i];
        if (step.id != StepId(i))
            refuse(step.name + ": expected to be step " + std::to_string(i));
        if (step.inputs.empty() || std::ranges::any_of(step.inputs, [&](StepId input) {
                return input < inputStep || input >= step.id;
            }))
            refuse(step.name + ": expected to read steps before it");
    }
}

// The steps of a unit, one list after the other.
std::vector<StepId> listed(const ResidualUnit& unit) {
    std::vector<StepId> ids = unit.mainPath;
    ids.insert(ids.end(), unit.shortcut.begin(), unit.shortcut.end());
    if (unit.add)
        ids.push_back(*unit.add);
    ids.insert(ids.end(), unit.tail.begin(), unit.tail.end());
    return ids;
}

// Units one after the other, with steps before the first and after the last.
void checkUnits(const GraphParts& parts) {
    if (parts.units.empty() || parts.units.front().mainPath.empty() || parts.units.front().first() == 0)
        refuse("expected a stem and a residual unit");
    StepId next = parts.units.front().first();
    const ResidualUnit* before = nullptr;
    for (const ResidualUnit& unit : parts.units) {
        const bool isNext = before && unit.stage == before->stage && unit.unit == before->unit + 1;
        const bool isFirst = unit.unit == 0 && unit.stage == (before ? before->stage + 1 : 0);
        if (!isNext && !isFirst)
            refuse(unit.name + ": expected the units of a stage one after the other");
        before = &unit;
        for (const StepId id : listed(unit)) {
            if (id != next || std::size_t(id) >= parts.steps.size())
                refuse(unit.name + ": expected its steps one after the other");
            const Step& step = parts.steps[std::size_t(id)];
            if (step.stage != unit.stage || step.unit != unit.unit)
                refuse(step.name + ": expected to stand in " + unit.name);
            ++next;
        }
        if (unit.mainPath.empty() || unit.output != next - 1)
            refuse(unit.name + ": expected to end with its last step");
    }
    if (std::size_t(next) >= parts.steps.size())
        refuse("expected a head after the last unit");
    for (const Step& step : parts.steps)
        if ((step.id < parts.units.front().first() || step.id >= next) && step.unit >= 0)
            refuse(step.name + ": expected to stand in a unit");
}

}  // namespace

Graph::Graph(const NetworkSpec& spec) : Graph(spec, partsOf(spec)) {}

Graph::Graph(std::shared_ptr<const LayerGraph> layers, NetworkSpec settings) {
    settings.inputChannels = layers->inputChannels;
    GraphParts parts = partsOf(layers->layers, settings);
    describe(parts, settings);
    *this = Graph(std::move(settings), std::move(parts));
    m_layers = std::move(layers);
}

Graph::Graph(NetworkSpec spec, GraphParts parts)
    : m_spec(std::move(spec)), m_inputShape(m_spec.inputShape()) {
    checkSteps(parts.steps);
    checkUnits(parts);
    m_steps = std::move(parts.steps);
    m_units = std::move(parts.units);
    const auto isPadding = [&](StepId id) { return step(id).kind == StepKind::Padding; };
    for (ResidualUnit& unit : m_units)
        if (unit.changesX())
            unit.shortcutForm = std::ranges::all_of(unit.shortcut, isPadding) ? ShortcutForm::Padding
                                                                              : ShortcutForm::Projection;
    m_consumers.resize(m_steps.size() + 1);
    for (const Step& step : m_steps)
        for (const StepId input : step.inputs)
            if (std::vector<StepId>& of = m_consumers[placeOf(input)]; of.empty() || of.back() != step.id)
                of.push_back(step.id);
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

std::span<const ResidualUnit> Graph::stage(int stage) const {
    const auto first = std::ranges::lower_bound(m_units, stage, {}, &ResidualUnit::stage);
    return {first, std::ranges::upper_bound(m_units, stage, {}, &ResidualUnit::stage)};
}

std::span<const Step> Graph::between(StepId first, StepId last) const {
    return std::span(m_steps).subspan(std::size_t(first), std::size_t(last + 1 - first));
}

std::span<const Step> Graph::stem() const {
    return between(0, m_units.front().first() - 1);
}

std::span<const Step> Graph::head() const {
    return between(m_units.back().last() + 1, softmaxStep());
}

std::span<const Step> Graph::stepsOf(const ResidualUnit& unit) const {
    return between(unit.first(), unit.last());
}

std::span<const Step> Graph::stepsOfStage(int stage) const {
    const std::span<const ResidualUnit> units = this->stage(stage);
    return between(units.front().first(), units.back().last());
}

std::optional<StepId> Graph::consumerOf(StepId id, StepKind kind) const {
    for (const StepId consumer : consumersOf(id))
        if (step(consumer).kind == kind)
            return consumer;
    return std::nullopt;
}

std::optional<StepId> Graph::reluAfterSum(const ResidualUnit& unit) const {
    if (!unit.add)
        return std::nullopt;
    const std::optional<StepId> relu = consumerOf(*unit.add, StepKind::ReLU);
    return relu && unitOf(*relu) == unitOf(*unit.add) ? relu : std::nullopt;
}

StepId Graph::forkOf(const ResidualUnit& unit) const {
    return unit.shortcut.empty() ? unit.input : step(unit.shortcut.front()).inputs.front();
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

double Graph::epsilonOf(StepId batchNorm) const {
    return step(batchNorm).settings.epsilon.value_or(m_spec.batchNormEpsilon);
}

bool Graph::hasProbabilities() const {
    const Step& last = m_steps.back();
    return last.kind == StepKind::Softmax || last.settings.function == ActivationFunction::Sigmoid;
}

std::vector<ParameterKind> parameterKindsOf(const Step& step) {
    std::vector<ParameterKind> kinds;
    const StepSettings& settings = step.settings;
    for (const ParameterKind& each : infoOf(step.kind).parameters) {
        const bool isNorm = step.kind == StepKind::BatchNorm;
        const bool isLeftOut = (each.suffix == "weight" && isNorm && !settings.hasScale) ||
                               (each.suffix == "bias" && !(isNorm ? settings.hasCentre : settings.hasBias));
        if (!isLeftOut)
            kinds.push_back(each);
    }
    return kinds;
}

std::vector<ParameterInfo> parametersOf(const Step& step) {
    std::vector<ParameterInfo> parameters;
    for (const ParameterKind& each : parameterKindsOf(step))
        parameters.push_back({step.name + "." + std::string(each.suffix),
                              each.shapeFor(step.input.channels, step.output.channels, step.window.kernel),
                              step.id, each.isTrainable, each.start});
    return parameters;
}

std::vector<ParameterInfo> parametersOf(const Graph& graph) {
    std::vector<ParameterInfo> parameters;
    for (const Step& step : graph.steps())
        for (ParameterInfo& parameter : parametersOf(step))
            parameters.push_back(std::move(parameter));
    return parameters;
}

std::string shapeText(const FeatureShape& shape) {
    if (shape.isVector())
        return std::to_string(shape.channels);
    return std::to_string(shape.height) + " × " + std::to_string(shape.width) + " × " +
           std::to_string(shape.channels);
}

}  // namespace resnet
