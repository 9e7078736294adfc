#pragma once

#include "core/network/GraphBuilder.h"

namespace resnet::test {

// Small networks of other units than a spec describes: nothing may count on those.

inline NetworkSpec otherSpec(std::vector<int> units, int side) {
    NetworkSpec spec;
    spec.unitsPerStage = std::move(units);
    spec.channelsPerStage = {16, 32};
    spec.inputHeight = spec.inputWidth = side;
    spec.classes = 5;
    return spec;
}

inline void addHead(GraphBuilder& builder, StepId last, int classes,
                    StepKind pool = StepKind::GlobalAveragePool) {
    last = builder.step(pool, "avgpool", {last});
    last = builder.step(StepKind::Dense, "fc", {last}, {classes});
    builder.step(StepKind::Softmax, "softmax", {last});
}

// Three convolutions a unit, a projection in the first unit of either stage (without stride in the first), a
// ReLU after the sum.
inline Graph bottleneckGraph(int side = 64, StepKind pool = StepKind::GlobalAveragePool) {
    const NetworkSpec spec = otherSpec({2, 2}, side);
    GraphBuilder builder(spec.inputShape(), spec.padding);
    StepId last = inputStep;
    const auto then = [&](StepKind kind, const std::string& name, const StepSize& size = {}) {
        last = builder.step(kind, name, {last}, size);
    };
    then(StepKind::Convolution, "conv1", {8, 7, 2});
    then(StepKind::BatchNorm, "bn1");
    then(StepKind::ReLU, "relu");
    then(StepKind::MaxPool, "maxpool", {0, 3, 2});
    for (int stage = 0; stage < 2; ++stage)
        for (int unit = 0; unit < 2; ++unit) {
            const StepId x = last;
            const int channels = spec.channelsPerStage[std::size_t(stage)];
            const int stride = stage > 0 && unit == 0 ? 2 : 1;
            const std::string name = "layer" + std::to_string(stage + 1) + "." + std::to_string(unit);
            builder.beginUnit(name, stage, unit, x);
            then(StepKind::Convolution, name + ".conv1", {channels / 4, 1, 1});
            then(StepKind::BatchNorm, name + ".bn1");
            then(StepKind::ReLU, name + ".relu1");
            then(StepKind::Convolution, name + ".conv2", {channels / 4, 3, stride});
            then(StepKind::BatchNorm, name + ".bn2");
            then(StepKind::ReLU, name + ".relu2");
            then(StepKind::Convolution, name + ".conv3", {channels, 1, 1});
            then(StepKind::BatchNorm, name + ".bn3");
            if (unit == 0) {
                builder.beginShortcut();
                last = x;
                then(StepKind::Convolution, name + ".downsample.0", {channels, 1, stride});
                then(StepKind::BatchNorm, name + ".downsample.1");
            }
            last = builder.sum(name + ".add");
            then(StepKind::ReLU, name + ".relu3");
            builder.endUnit();
        }
    addHead(builder, last, spec.classes, pool);
    return Graph(spec, builder.take());
}

// Batch norm and ReLU before each convolution, nothing after the sum; a projection is one convolution that
// reads what the first of them made, and a network without batch norm in its stem (He et al., "Identity
// Mappings in Deep Residual Networks", 2016).
inline Graph preActivationGraph(int side = 64) {
    const NetworkSpec spec = otherSpec({2, 2}, side);
    GraphBuilder builder(spec.inputShape(), spec.padding);
    StepId last = inputStep;
    const auto then = [&](StepKind kind, const std::string& name, const StepSize& size = {}) {
        last = builder.step(kind, name, {last}, size);
    };
    then(StepKind::Convolution, "conv1", {16, 7, 2});
    then(StepKind::MaxPool, "maxpool", {0, 3, 2});
    for (int stage = 0; stage < 2; ++stage)
        for (int unit = 0; unit < 2; ++unit) {
            const int channels = spec.channelsPerStage[std::size_t(stage)];
            const int stride = stage > 0 && unit == 0 ? 2 : 1;
            const std::string name = "layer" + std::to_string(stage + 1) + "." + std::to_string(unit);
            builder.beginUnit(name, stage, unit, last);
            then(StepKind::BatchNorm, name + ".bn1");
            then(StepKind::ReLU, name + ".relu1");
            const StepId activated = last;
            then(StepKind::Convolution, name + ".conv1", {channels, 3, stride});
            then(StepKind::BatchNorm, name + ".bn2");
            then(StepKind::ReLU, name + ".relu2");
            then(StepKind::Convolution, name + ".conv2", {channels, 3, 1});
            if (stride != 1) {
                builder.beginShortcut();
                last = activated;
                then(StepKind::Convolution, name + ".downsample.0", {channels, 1, stride});
            }
            last = builder.sum(name + ".add");
            builder.endUnit();
        }
    then(StepKind::BatchNorm, "bn");
    then(StepKind::ReLU, "relu");
    addHead(builder, last, spec.classes);
    return Graph(spec, builder.take());
}

}  // namespace resnet::test
