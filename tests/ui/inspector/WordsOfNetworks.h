#pragma once

#include "tests/core/network/OtherGraphs.h"

#include <string>

namespace resnet::ui::test {

// A network that states its layers: convolutions, one of them in front of a batch norm, one unit, and `last`
// behind as many scores as `classes`.
inline Graph statedGraph(ActivationFunction last, int classes, bool hasBias = true, bool hasCentre = true) {
    NetworkSpec spec = resnet::test::otherSpec({1}, 64);
    spec.classes = classes;
    GraphBuilder builder(spec.inputShape(), spec.padding);
    StepId at = inputStep;
    const auto convolution = [&](const std::string& name) {
        Layer layer{name, StepKind::Convolution, {}, 16, {.kernel = 3, .stride = 1}, {}};
        layer.settings.hasBias = hasBias;
        at = builder.step(layer, name, {at});
    };
    const auto then = [&](StepKind kind, const std::string& name) { at = builder.step(kind, name, {at}); };
    convolution("conv1");
    then(StepKind::ReLU, "relu");
    builder.beginUnit("layer1.0", 0, 0, at);
    convolution("layer1.0.conv1");
    Layer norm{"layer1.0.bn1", StepKind::BatchNorm, {}, 0, {}, {}};
    norm.settings.hasCentre = hasCentre;
    at = builder.step(norm, norm.name, {at});
    then(StepKind::ReLU, "layer1.0.relu1");
    convolution("layer1.0.conv2");
    at = builder.sum("layer1.0.add");
    then(StepKind::ReLU, "layer1.0.relu2");
    builder.endUnit();
    then(StepKind::GlobalAveragePool, "avgpool");
    at = builder.step(StepKind::Dense, "fc", {at}, {classes});
    Layer output{"output", StepKind::Activation, {}, 0, {}, {}};
    output.settings.function = last;
    builder.step(output, "output", {at});
    return Graph(spec, builder.take());
}

// By name: those that the program can make, and "grey", "one class", "bias" (with a sigmoid), "one sigmoid",
// "no centre" (neither convolutions nor the batch norm add anything).
inline Graph graphNamed(const std::string& name) {
    if (name == "bias")
        return statedGraph(ActivationFunction::Sigmoid, 5);
    if (name == "one sigmoid")
        return statedGraph(ActivationFunction::Sigmoid, 1);
    if (name == "no centre")
        return statedGraph(ActivationFunction::Sigmoid, 5, false, false);
    NetworkSpec spec = name == "grey" || name == "one class" ? resNet18() : specNamed(name);
    if (name == "grey")
        spec.inputChannels = 1;
    if (name == "one class")
        spec.classes = 1;
    return Graph(spec);
}

}  // namespace resnet::ui::test
