#pragma once

#include "core/inference/Executor.h"
#include "core/inference/PackedNetwork.h"
#include "core/network/Initialization.h"

#include <cmath>
#include <memory>
#include <vector>

namespace resnet::test {

// A network whose batch norms do something: statistics, scales and shifts that are neither 0 nor 1.
inline std::shared_ptr<const Network> livelyNetwork(Graph graph, std::uint64_t seed = 7) {
    StateDict parameters = initialParameters(graph, seed);
    Random random(seed);
    for (const ParameterInfo& each : parametersOf(graph))
        if (graph.step(each.step).kind == StepKind::BatchNorm)
            for (float& value : parameters.at(each.name).values)
                value += float(random.uniform() * 0.6 - 0.3);
    return std::make_shared<const Network>(std::move(graph), std::move(parameters));
}

inline NetworkSpec smallSpec(bool shortcuts = true) {
    NetworkSpec spec;
    spec.unitsPerStage = {2, 3};
    spec.channelsPerStage = {8, 16};
    spec.classes = 5;
    spec.inputHeight = 41;
    spec.inputWidth = 36;
    spec.shortcut = shortcuts ? ShortcutKind::Projection : ShortcutKind::None;
    return spec;
}

inline FeatureMapsPtr someInput(const FeatureShape& shape, int seed = 0) {
    Random random(std::uint64_t(seed) + 100);
    auto input = std::make_shared<FeatureMaps>(shape);
    for (std::size_t i = 0; i < input->size(); ++i)
        input->data()[i] = float(random.uniform() * 4.0 - 2.0);
    return input;
}

inline std::vector<FeatureMapsPtr> someInputs(const FeatureShape& shape, int count) {
    std::vector<FeatureMapsPtr> inputs;
    for (int i = 0; i < count; ++i)
        inputs.push_back(someInput(shape, i));
    return inputs;
}

inline Run finishedRun(const std::shared_ptr<const PackedNetwork>& packed, const FeatureMapsPtr& input,
                       const Edits& edits = {}) {
    Executor executor(packed);
    Run run = executor.start(input, edits);
    executor.run(run);
    return run;
}

inline std::shared_ptr<const PackedNetwork> packedOf(std::shared_ptr<const Network> network,
                                                     int threads = 2) {
    return std::make_shared<const PackedNetwork>(std::move(network), EngineOptions{threads, {}, {}});
}

}  // namespace resnet::test
