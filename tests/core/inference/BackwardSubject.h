#pragma once

#include "core/inference/BackwardExecutor.h"
#include "core/inference/Executor.h"
#include "core/network/NetworkSpec.h"
#include "tests/core/inference/SomeInput.h"

// What goes back is tested on.
namespace resnet::test {

inline std::shared_ptr<const Network> subjectNetwork(bool shortcuts = true, Padding padding = Padding::Same) {
    NetworkSpec spec;
    spec.channelsPerStage = {24, 40, 48, 72};
    spec.inputHeight = 75;
    spec.inputWidth = 61;
    spec.shortcut = shortcuts ? ShortcutKind::Projection : ShortcutKind::None;
    spec.padding = padding;
    return std::make_shared<Network>(Network::initialised(spec, 7));
}

// A network, its run, and what goes back over it.
struct Subject {
    explicit Subject(std::shared_ptr<const Network> of, FeatureMapsPtr input, int threads = 2,
                     const Edits& edits = {})
        : packed(std::make_shared<const PackedNetwork>(std::move(of), EngineOptions{threads, {}, {}})),
          backward(packed) {
        Executor executor(packed);
        run = executor.start(std::move(input), edits);
        executor.run(run);
    }
    Gradients gradients(const GradientTarget& target) { return *backward.run(run, target); }

    std::shared_ptr<const PackedNetwork> packed;
    BackwardExecutor backward;
    Run run;
};

inline Edits someEdits(const Graph& graph) {
    return editsFrom(
        "layer1.1:F=0,layer2.1:F=0.5,layer2.1:x=-2,layer2.2:weights=layer2.1,layer3.3:seed=5,"
        "layer3.2:x=0",
        graph);
}

}  // namespace resnet::test
