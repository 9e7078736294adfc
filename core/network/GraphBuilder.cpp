#include "core/network/GraphBuilder.h"

#include "core/Error.h"
#include "core/network/LayerShapes.h"
#include "core/network/UnitFinder.h"
#include "core/tensor/Tensor.h"

#include <algorithm>

namespace resnet {

namespace {

constexpr int mostStages = 12;
constexpr int mostUnits = 64;  // of a stage

// A window over cells of `field` spans kernel of them, `field.stride` pixels apart, `before` of them padding.
ReceptiveField through(const ReceptiveField& field, const Window& window, int before) {
    return {field.size + (window.kernel - 1) * field.stride, field.stride * window.stride,
            field.start - before * field.stride};
}

// The pixels that any of the ways sees. All have one stride.
ReceptiveField united(const ReceptiveField& a, const ReceptiveField& b) {
    const int start = std::min(a.start, b.start);
    return {std::max(a.start + a.size, b.start + b.size) - start, a.stride, start};
}

ReceptiveField through(const Step& step, const ReceptiveField& field, int before, int extent) {
    switch (infoOf(step.kind).reads) {
        case Reads::Cell:
            return field;
        case Reads::Window:
            return through(field, step.window, before);
        case Reads::Map:
            return {field.size + (extent - 1) * field.stride, field.stride, field.start};
    }
    return field;
}

// From the parameters; a weight of a kernel or matrix is multiplied once for every cell of the output.
void addCosts(Step& step) {
    for (const ParameterKind& parameter : parameterKindsOf(step)) {
        const std::int64_t count =
            elementCount(parameter.shapeFor(step.input.channels, step.output.channels, step.window.kernel));
        step.totalParameters += count;
        step.trainableParameters += parameter.isTrainable ? count : 0;
        if (parameter.shape != ParameterKind::Shape::PerChannel)
            step.multiplyAdds += count * std::int64_t(step.output.pixels());
    }
}

}  // namespace

GraphBuilder::GraphBuilder(const FeatureShape& image, Padding padding) : m_image(image), m_padding(padding) {}

StepId GraphBuilder::step(StepKind kind, std::string name, std::vector<StepId> inputs, const StepSize& size) {
    Layer layer{{}, kind, {}, size.channels, {.kernel = size.kernel, .stride = size.stride}, {}};
    layer.settings.hasBias = kind == StepKind::Dense;
    return step(layer, std::move(name), std::move(inputs));
}

StepId GraphBuilder::step(const Layer& layer, std::string name, std::vector<StepId> inputs) {
    Step step;
    step.kind = layer.kind;
    step.name = std::move(name);
    step.layer = layer.name;
    step.settings = layer.settings;
    step.input = outputShape(inputs.front());
    std::vector<FeatureShape> shapes;
    for (const StepId input : inputs)
        shapes.push_back(outputShape(input));
    step.inputs = std::move(inputs);
    const Window window = windowOf(layer.window, step.input, m_padding);
    if (infoOf(layer.kind).hasWindow())
        step.window = window;
    step.output = shapeAfter(layer, window, shapes);
    step.way = way();
    if (step.way != Way::Stem && step.way != Way::Head) {
        step.stage = m_unit.stage;
        step.unit = m_unit.unit;
    }
    step.isSigned = isSigned(step);
    addCosts(step);
    addFields(step);
    return append(std::move(step));
}

void GraphBuilder::beginUnit(std::string name, int stage, int unit, StepId input) {
    m_place = Place::MainPath;
    m_unit = {};
    m_unit.name = std::move(name);
    m_unit.stage = stage;
    m_unit.unit = unit;
    m_unit.input = input;
}

void GraphBuilder::beginShortcut() {
    m_place = Place::Shortcut;
}

StepId GraphBuilder::sum(std::string name, std::string layerName) {
    m_place = Place::Tail;
    m_unit.add = StepId(m_parts.steps.size());
    const Layer layer{std::move(layerName), StepKind::Add, {}, 0, {}, {}};
    return step(layer, std::move(name), {m_unit.branchOutput(), m_unit.shortcutOutput()});
}

void GraphBuilder::beginTail() {
    m_place = Place::Tail;
}

StepId GraphBuilder::endUnit() {
    m_place = Place::Head;
    m_unit.output = m_parts.steps.back().id;
    m_parts.units.push_back(std::move(m_unit));
    return m_parts.units.back().output;
}

Way GraphBuilder::way() const {
    switch (m_place) {
        case Place::Stem:
            return Way::Stem;
        case Place::MainPath:
            return Way::MainPath;
        case Place::Shortcut:
            return Way::Shortcut;
        case Place::Tail:
            return m_unit.add ? Way::Sum : Way::MainPath;
        case Place::Head:
            return Way::Head;
    }
    return Way::Stem;
}

StepId GraphBuilder::append(Step step) {
    step.id = StepId(m_parts.steps.size());
    if (m_place == Place::MainPath)
        m_unit.mainPath.push_back(step.id);
    else if (m_place == Place::Shortcut)
        m_unit.shortcut.push_back(step.id);
    else if (m_place == Place::Tail && m_unit.add != step.id)
        m_unit.tail.push_back(step.id);
    m_parts.steps.push_back(std::move(step));
    return m_parts.steps.back().id;
}

const FeatureShape& GraphBuilder::outputShape(StepId id) const {
    return id == inputStep ? m_image : m_parts.steps.at(std::size_t(id)).output;
}

void GraphBuilder::addFields(Step& step) const {
    const auto fieldOf = [&](StepId id, ReceptiveField Step::*axis) {
        return id == inputStep ? ReceptiveField{} : m_parts.steps[std::size_t(id)].*axis;
    };
    for (ReceptiveField Step::*axis : {&Step::fieldY, &Step::fieldX}) {
        step.*axis = fieldOf(step.inputs.front(), axis);
        for (const StepId input : step.inputs)
            step.*axis = united(step.*axis, fieldOf(input, axis));
    }
    step.fieldY = through(step, step.fieldY, step.window.padTop, step.input.height);
    step.fieldX = through(step, step.fieldX, step.window.padLeft, step.input.width);
}

bool GraphBuilder::isSigned(const Step& step) const {
    if (step.kind == StepKind::Activation && isNeverNegative(step.settings.function))
        return false;
    switch (infoOf(step.kind).sign) {
        case OutputSign::Signed:
            return true;
        case OutputSign::NotNegative:
            return false;
        case OutputSign::AsInput:
            break;
    }
    return std::ranges::any_of(
        step.inputs, [&](StepId id) { return id == inputStep || m_parts.steps[std::size_t(id)].isSigned; });
}

GraphParts partsOf(const NetworkSpec& spec) {
    validate(spec);
    return partsOf(layersOf(spec), spec);
}

GraphParts partsOf(const std::vector<Layer>& layers, const NetworkSpec& spec) {
    std::vector<FeatureShape> shapes;
    for (const Layer& layer : layers) {
        std::vector<FeatureShape> inputs;
        for (const int input : layer.inputs)
            inputs.push_back(input == inputStep ? spec.inputShape() : shapes[std::size_t(input)]);
        shapes.push_back(shapeAfter(layer, windowOf(layer.window, inputs.front(), spec.padding), inputs));
    }
    const PlacedLayers placed = placeLayers(layers, shapes);

    GraphBuilder builder(spec.inputShape(), spec.padding);
    std::vector<StepId> stepOfLayer(layers.size(), inputStep);
    const auto put = [&](int position) {
        const PlacedLayer& each = placed.layers[std::size_t(position)];
        const Layer& layer = layers[std::size_t(each.layer)];
        std::vector<StepId> inputs;
        for (const int input : layer.inputs)
            inputs.push_back(input == inputStep ? inputStep : stepOfLayer[std::size_t(input)]);
        return stepOfLayer[std::size_t(each.layer)] = builder.step(layer, each.name, std::move(inputs));
    };
    int next = 0;
    for (const PlacedUnit& unit : placed.units) {
        for (; next <= unit.input; ++next)
            put(next);
        builder.beginUnit("layer" + std::to_string(unit.stage + 1) + "." + std::to_string(unit.unit),
                          unit.stage, unit.unit, unit.input);
        for (const int position : unit.mainPath)
            put(position);
        if (!unit.shortcut.empty())
            builder.beginShortcut();
        for (const int position : unit.shortcut)
            put(position);
        if (unit.add >= 0) {
            const PlacedLayer& add = placed.layers[std::size_t(unit.add)];
            stepOfLayer[std::size_t(add.layer)] = builder.sum(add.name, layers[std::size_t(add.layer)].name);
        } else {
            builder.beginTail();
        }
        for (const int position : unit.tail)
            put(position);
        builder.endUnit();
        next = unit.output + 1;
    }
    for (; next < int(placed.layers.size()); ++next)
        put(next);
    return builder.take();
}

void describe(const GraphParts& parts, NetworkSpec& spec) {
    const auto step = [&](StepId id) -> const Step& { return parts.steps[std::size_t(id)]; };
    spec.unitsPerStage.clear();
    spec.channelsPerStage.clear();
    spec.shortcut = ShortcutKind::None;
    std::size_t bottlenecks = 0, preActivations = 0;
    for (const ResidualUnit& unit : parts.units) {
        if (unit.unit == 0) {
            spec.unitsPerStage.push_back(0);
            spec.channelsPerStage.push_back(0);
        }
        ++spec.unitsPerStage.back();
        spec.channelsPerStage.back() = step(unit.output).output.channels;
        if (unit.add)
            spec.shortcut = ShortcutKind::Projection;
        bottlenecks += std::ranges::count_if(unit.mainPath, [&](StepId id) {
                           return step(id).kind == StepKind::Convolution;
                       }) == 3;
        preActivations += step(unit.branchOutput()).kind == StepKind::Convolution && unit.add == unit.output;
    }
    spec.expansion = 1;
    spec.unit = bottlenecks == parts.units.size()      ? UnitKind::Bottleneck
                : preActivations == parts.units.size() ? UnitKind::PreActivation
                                                       : UnitKind::Basic;
    const bool shrinks = std::ranges::any_of(
        parts.steps, [](const Step& each) { return each.way == Way::Stem && each.window.stride > 1; });
    spec.stem = shrinks ? StemKind::Large : StemKind::Small;
    spec.stemChannels = parts.steps.front().output.channels;
    const FeatureShape& scores = step(parts.steps.back().inputs.front()).output;
    if (!scores.isVector())
        throw Error("the network ends with maps of " + shapeText(scores) +
                    "; expected one number per class: there is no dense layer");
    spec.classes = scores.channels;
    const int longest = *std::ranges::max_element(spec.unitsPerStage);
    if (spec.stageCount() > mostStages || longest > mostUnits)
        throw Error("expected at most " + std::to_string(mostStages) + " stages of " +
                    std::to_string(mostUnits) + " units, found " + std::to_string(spec.stageCount()) +
                    ", one of them with " + std::to_string(longest) + " units");
}

}  // namespace resnet
