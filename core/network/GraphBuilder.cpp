#include "core/network/GraphBuilder.h"

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

// The pixels that either way sees. Both ways of a unit have one stride.
ReceptiveField united(const ReceptiveField& a, const ReceptiveField& b) {
    const int start = std::min(a.start, b.start);
    return {std::max(a.start + a.size, b.start + b.size) - start, a.stride, start};
}

}  // namespace

void GraphBuilder::build() {
    const NetworkSpec& spec = m_graph.m_spec;
    StepId last = buildStem();
    for (int stage = 0; stage < spec.stageCount(); ++stage)
        for (int unit = 0; unit < spec.unitsPerStage[stage]; ++unit)
            last = buildUnit(last, stage, unit);
    buildHead(last);
}

StepId GraphBuilder::buildStem() {
    m_way = Way::Stem;
    const StepId conv = convolution("conv1", inputStep, m_graph.m_spec.channelsPerStage.front(), 7, 2);
    return maxPool("maxpool", relu("relu", batchNorm("bn1", conv)), 3, 2);
}

StepId GraphBuilder::buildUnit(StepId input, int stage, int unit) {
    m_stage = stage;
    m_unit = unit;
    const NetworkSpec& spec = m_graph.m_spec;
    const int channels = spec.channelsPerStage[stage];
    const int stride = stage > 0 && unit == 0 ? 2 : 1;

    ResidualUnit made;
    made.name = "layer" + std::to_string(stage + 1) + "." + std::to_string(unit);
    made.stage = stage;
    made.unit = unit;
    made.input = input;

    m_way = Way::MainPath;
    made.conv1 = convolution(made.name + ".conv1", input, channels, 3, stride);
    made.bn1 = batchNorm(made.name + ".bn1", made.conv1);
    made.relu1 = relu(made.name + ".relu1", made.bn1);
    made.conv2 = convolution(made.name + ".conv2", made.relu1, channels, 3, 1);
    made.bn2 = batchNorm(made.name + ".bn2", made.conv2);

    StepId result = made.bn2;
    if (spec.shortcuts) {
        StepId shortcut = input;
        if (stride != 1) {
            m_way = Way::Shortcut;
            made.projection = convolution(made.name + ".downsample.0", input, channels, 1, stride);
            made.projectionNorm = batchNorm(made.name + ".downsample.1", *made.projection);
            shortcut = *made.projectionNorm;
        }
        m_way = Way::Sum;
        made.add = add(made.name + ".add", made.bn2, shortcut);
        result = *made.add;
    }
    made.relu2 = relu(made.name + ".relu2", result);
    m_graph.m_units.push_back(made);
    return made.relu2;
}

void GraphBuilder::buildHead(StepId input) {
    m_way = Way::Head;
    m_stage = m_unit = -1;

    Step pool = begin(StepKind::GlobalAveragePool, "avgpool", {input});
    pool.output = {pool.input.channels, 1, 1};
    pool.fieldY.size += (pool.input.height - 1) * pool.fieldY.stride;
    pool.fieldX.size += (pool.input.width - 1) * pool.fieldX.stride;

    Step dense = begin(StepKind::Dense, "fc", {append(std::move(pool))});
    const std::int64_t features = dense.input.channels;
    const std::int64_t classes = m_graph.m_spec.classes;
    dense.output = {int(classes), 1, 1};
    dense.multiplyAdds = features * classes;
    dense.trainableParameters = dense.totalParameters = features * classes + classes;

    append(begin(StepKind::Softmax, "softmax", {append(std::move(dense))}));
}

StepId GraphBuilder::convolution(std::string name, StepId input, int channels, int kernel, int stride) {
    Step step = begin(StepKind::Convolution, std::move(name), {input});
    step.window = window(step.input, kernel, stride);
    step.output = windowOutput(step.input, step.window, channels);
    step.totalParameters = std::int64_t(channels) * step.input.channels * kernel * kernel;
    step.trainableParameters = step.totalParameters;
    step.multiplyAdds = step.totalParameters * std::int64_t(step.output.pixels());
    step.fieldY = through(step.fieldY, step.window, step.window.padTop);
    step.fieldX = through(step.fieldX, step.window, step.window.padLeft);
    return append(std::move(step));
}

StepId GraphBuilder::maxPool(std::string name, StepId input, int kernel, int stride) {
    Step step = begin(StepKind::MaxPool, std::move(name), {input});
    step.window = window(step.input, kernel, stride);
    step.output = windowOutput(step.input, step.window, step.input.channels);
    step.fieldY = through(step.fieldY, step.window, step.window.padTop);
    step.fieldX = through(step.fieldX, step.window, step.window.padLeft);
    return append(std::move(step));
}

StepId GraphBuilder::batchNorm(std::string name, StepId input) {
    Step step = begin(StepKind::BatchNorm, std::move(name), {input});
    step.trainableParameters = 2 * std::int64_t(step.input.channels);
    step.totalParameters = 2 * step.trainableParameters;
    return append(std::move(step));
}

StepId GraphBuilder::relu(std::string name, StepId input) {
    return append(begin(StepKind::ReLU, std::move(name), {input}));
}

StepId GraphBuilder::add(std::string name, StepId mainPath, StepId shortcut) {
    Step step = begin(StepKind::Add, std::move(name), {mainPath, shortcut});
    if (shortcut != inputStep) {
        step.fieldY = united(step.fieldY, m_graph.step(shortcut).fieldY);
        step.fieldX = united(step.fieldX, m_graph.step(shortcut).fieldX);
    }
    return append(std::move(step));
}

StepId GraphBuilder::append(Step step) {
    step.id = m_graph.stepCount();
    m_graph.m_steps.push_back(std::move(step));
    return m_graph.m_steps.back().id;
}

Window GraphBuilder::window(const FeatureShape& input, int kernel, int stride) const {
    if (m_graph.m_spec.padding == Padding::Symmetric)
        return {kernel, stride, kernel / 2, kernel / 2, kernel / 2, kernel / 2};
    const AxisPadding y = samePadding(m_graph.m_spec.padding, input.height, kernel, stride);
    const AxisPadding x = samePadding(m_graph.m_spec.padding, input.width, kernel, stride);
    return {kernel, stride, y.before, x.before, y.after, x.after};
}

Step GraphBuilder::begin(StepKind kind, std::string name, std::vector<StepId> inputs) const {
    Step step;
    step.kind = kind;
    step.name = std::move(name);
    step.input = step.output = m_graph.outputShape(inputs.front());
    if (inputs.front() != inputStep) {
        step.fieldY = m_graph.step(inputs.front()).fieldY;
        step.fieldX = m_graph.step(inputs.front()).fieldX;
    }
    step.inputs = std::move(inputs);
    step.way = m_way;
    step.stage = m_stage;
    step.unit = m_unit;
    return step;
}

}  // namespace resnet
