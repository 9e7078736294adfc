#include "core/network/GraphBuilder.h"

#include "core/tensor/Tensor.h"

#include <algorithm>

namespace resnet {

namespace {

struct AxisPadding {
    int before = 0;
    int after = 0;
};

// TensorFlow's rule: as much as makes the output ceil(input / stride), the odd pixel after; never less than
// none, but for SameTorch, whose padding of -1 cuts the first pixel off.
AxisPadding samePadding(Padding padding, int input, int kernel, int stride) {
    const int output = (input + stride - 1) / stride;
    const int total = (output - 1) * stride + kernel - input;
    if (total < 0)
        return {padding == Padding::SameTorch ? total : 0, 0};
    return {total / 2, total - total / 2};
}

int outputExtent(int input, int before, int after, const Window& window) {
    return (input + before + after - window.kernel) / window.stride + 1;
}

FeatureShape windowOutput(const FeatureShape& input, const Window& window, int channels) {
    return {channels, outputExtent(input.height, window.padTop, window.padBottom, window),
            outputExtent(input.width, window.padLeft, window.padRight, window)};
}

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

FeatureShape outputOf(const Step& step, int channels) {
    switch (infoOf(step.kind).reads) {
        case Reads::Cell:
            return {channels, step.input.height, step.input.width};
        case Reads::Window:
            return windowOutput(step.input, step.window, channels);
        case Reads::Map:
            return {channels, 1, 1};
    }
    return {};
}

// From the parameters; a weight of a kernel or matrix is multiplied once for every cell of the output.
void addCosts(Step& step) {
    for (const ParameterKind& parameter : infoOf(step.kind).parameters) {
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
    Step step;
    step.kind = kind;
    step.name = std::move(name);
    step.input = outputShape(inputs.front());
    step.inputs = std::move(inputs);
    if (infoOf(kind).hasWindow())
        step.window = window(step.input, size);
    step.output = outputOf(step, size.channels > 0 ? size.channels : step.input.channels);
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

StepId GraphBuilder::sum(std::string name) {
    m_place = Place::Tail;
    m_unit.add = StepId(m_parts.steps.size());
    return step(StepKind::Add, std::move(name), {m_unit.branchOutput(), m_unit.shortcutOutput()});
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

Window GraphBuilder::window(const FeatureShape& input, const StepSize& size) const {
    const auto& [channels, kernel, stride] = size;
    if (m_padding == Padding::Symmetric)
        return {kernel, stride, kernel / 2, kernel / 2, kernel / 2, kernel / 2};
    const AxisPadding y = samePadding(m_padding, input.height, kernel, stride);
    const AxisPadding x = samePadding(m_padding, input.width, kernel, stride);
    return {kernel, stride, y.before, x.before, y.after, x.after};
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

namespace {

// 7 x 7 convolution and max pooling, each with stride 2.
StepId buildStem(GraphBuilder& builder, int channels) {
    const StepId conv = builder.step(StepKind::Convolution, "conv1", {inputStep}, {channels, 7, 2});
    const StepId norm = builder.step(StepKind::BatchNorm, "bn1", {conv});
    const StepId relu = builder.step(StepKind::ReLU, "relu", {norm});
    return builder.step(StepKind::MaxPool, "maxpool", {relu}, {0, 3, 2});
}

// Two 3 x 3 convolutions, the sum with x or what a 1 x 1 convolution makes of it, and a ReLU.
StepId buildUnit(GraphBuilder& builder, const NetworkSpec& spec, StepId input, int stage, int unit) {
    const int channels = spec.channelsPerStage[std::size_t(stage)];
    const int stride = stage > 0 && unit == 0 ? 2 : 1;
    const std::string name = "layer" + std::to_string(stage + 1) + "." + std::to_string(unit);
    builder.beginUnit(name, stage, unit, input);
    StepId last = input;
    const auto then = [&](StepKind kind, const char* suffix, const StepSize& size = {}) {
        last = builder.step(kind, name + suffix, {last}, size);
    };
    then(StepKind::Convolution, ".conv1", {channels, 3, stride});
    then(StepKind::BatchNorm, ".bn1");
    then(StepKind::ReLU, ".relu1");
    then(StepKind::Convolution, ".conv2", {channels, 3, 1});
    then(StepKind::BatchNorm, ".bn2");
    if (!spec.shortcuts) {
        builder.beginTail();
    } else {
        if (stride != 1) {
            builder.beginShortcut();
            last = input;
            then(StepKind::Convolution, ".downsample.0", {channels, 1, stride});
            then(StepKind::BatchNorm, ".downsample.1");
        }
        last = builder.sum(name + ".add");
    }
    then(StepKind::ReLU, ".relu2");
    return builder.endUnit();
}

void buildHead(GraphBuilder& builder, StepId input, int classes) {
    const StepId pool = builder.step(StepKind::GlobalAveragePool, "avgpool", {input});
    const StepId dense = builder.step(StepKind::Dense, "fc", {pool}, {classes});
    builder.step(StepKind::Softmax, "softmax", {dense});
}

}  // namespace

GraphParts partsOf(const NetworkSpec& spec) {
    validate(spec);
    GraphBuilder builder(spec.inputShape(), spec.padding);
    StepId last = buildStem(builder, spec.channelsPerStage.front());
    for (int stage = 0; stage < spec.stageCount(); ++stage)
        for (int unit = 0; unit < spec.unitsPerStage[std::size_t(stage)]; ++unit)
            last = buildUnit(builder, spec, last, stage, unit);
    buildHead(builder, last, spec.classes);
    return builder.take();
}

}  // namespace resnet
