#include "core/inference/Gradients.h"

#include "core/Error.h"
#include "core/ops/BatchNorm.h"

#include <cassert>

namespace resnet {

namespace {

void checkClass(const Graph& graph, int classIndex) {
    if (classIndex < 0 || classIndex >= graph.spec().classes)
        throw Error("class " + std::to_string(classIndex) + ": this network has classes 0 to " +
                    std::to_string(graph.spec().classes - 1));
}

// Sum over cells of gradient times value(channel).
template <class Value>
double sumOfProducts(const FeatureMaps& gradient, const Value& value) {
    double sum = 0.0;
    const std::size_t channels = std::size_t(gradient.channels());
    for (std::size_t i = 0; i < gradient.size(); ++i)
        sum += double(gradient.data()[i]) * value(i, i % channels);
    return sum;
}

}  // namespace

GradientTarget scoreOf(const Graph& graph, int classIndex) {
    checkClass(graph, classIndex);
    return {graph.logitsStep(), {{classIndex, {}, 1.0f}}};
}

GradientTarget scoreDifference(const Graph& graph, int classIndex, int against) {
    checkClass(graph, classIndex);
    checkClass(graph, against);
    return {graph.logitsStep(), {{classIndex, {}, 1.0f}, {against, {}, -1.0f}}};
}

GradientTarget cellOf(const Graph& graph, StepId step, int channel, Cell cell) {
    if (step < 0 || step >= graph.stepCount())
        throw Error("step " + std::to_string(step) + ": this network has steps 0 to " +
                    std::to_string(graph.stepCount() - 1));
    const FeatureShape& shape = graph.outputShape(step);
    if (channel < 0 || channel >= shape.channels || cell.y < 0 || cell.y >= shape.height || cell.x < 0 ||
        cell.x >= shape.width)
        throw Error(graph.stepName(step) + ": no channel " + std::to_string(channel) + ", row " +
                    std::to_string(cell.y) + ", column " + std::to_string(cell.x) + " in " +
                    shapeText(shape));
    return {step, {{channel, cell, 1.0f}}};
}

double valueOf(const GradientTarget& target, const Run& run) {
    double value = 0.0;
    for (const GradientTarget::Term& term : target.terms)
        value += double(term.factor) * run.output(target.step)->at(term.channel, term.cell.y, term.cell.x);
    return value;
}

Gradients::Gradients(Run run, GradientTarget target, std::vector<FeatureMapsPtr> gradients)
    : m_run(std::move(run)), m_target(std::move(target)), m_gradients(std::move(gradients)) {
    assert(m_gradients.size() == std::size_t(m_run.stepCount()) + 1);
}

double valueTimesGradient(const Gradients& gradients, StepId step) {
    const FeatureMaps& values = *gradients.run().output(step);
    return sumOfProducts(*gradients.of(step), [&](std::size_t i, std::size_t) { return values.data()[i]; });
}

double biasTimesGradient(const Gradients& gradients) {
    const Network& network = *gradients.run().editedNetwork();
    double sum = 0.0;
    for (const Step& step : network.graph().steps()) {
        const FeatureMapsPtr& gradient = gradients.of(step.id);
        if (!gradient)
            continue;
        std::vector<float> shifts;
        if (step.kind == StepKind::BatchNorm) {
            const FoldedBatchNorm folded(
                network.channelValues(step.id, "weight"), network.channelValues(step.id, "bias"),
                network.channelValues(step.id, "running_mean"), network.channelValues(step.id, "running_var"),
                network.graph().epsilonOf(step.id));
            shifts.assign(folded.shift(), folded.shift() + gradient->channels());
        } else if (step.kind == StepKind::Scale) {
            shifts.assign(std::size_t(gradient->channels()), float(step.settings.offset));
        } else if (step.settings.hasBias) {
            shifts = network.channelValues(step.id, "bias");
        } else {
            continue;
        }
        sum += sumOfProducts(*gradient, [&](std::size_t, std::size_t c) { return shifts[c]; });
    }
    return sum;
}

}  // namespace resnet
