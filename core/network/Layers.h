#pragma once

#include "core/network/NetworkSpec.h"
#include "core/network/StepKinds.h"
#include "core/ops/Activation.h"

#include <optional>
#include <string>
#include <vector>

namespace resnet {

// How a convolution, pooling or padding moves over its input. Where it is not stated, the padding follows
// from the network's Padding and from the extent of the input.
struct WindowRule {
    int kernel = 1;
    int stride = 1;
    bool isStated = false;
    int padTop = 0;  // below 0: cut off
    int padLeft = 0;
    int padBottom = 0;
    int padRight = 0;

    bool operator==(const WindowRule&) const = default;
};

// What else is said of a step, each for the kinds named.
struct StepSettings {
    bool hasBias = false;           // convolution, dense
    bool hasScale = true;           // batch norm: gamma; without it, it is 1
    bool hasCentre = true;          // batch norm: beta; without it, it is 0
    std::optional<double> epsilon;  // batch norm; of the whole network where nothing is said
    ActivationFunction function = ActivationFunction::Identity;
    double slope = 0.0;          // activation: of leaky ReLU and ELU
    bool countsPadding = false;  // average pool: cells of the padding count as 0
    int channelsBefore = 0;      // padding: new channels in front
    double factor = 1.0;         // scale: factor * x + offset
    double offset = 0.0;

    bool operator==(const StepSettings&) const = default;
};

// One layer of a network as it is stated, before shapes are known.
struct Layer {
    std::string name;
    StepKind kind{};
    std::vector<int> inputs;  // indices of layers before it; inputStep for the picture
    int channels = 0;         // that a convolution, dense layer or padding gives
    WindowRule window{};      // of convolution, pooling and padding
    StepSettings settings{};

    bool operator==(const Layer&) const = default;
};

// A network as its layers, each after those that it reads; the last one gives the output.
struct LayerGraph {
    int inputChannels = 3;
    std::vector<Layer> layers;

    bool operator==(const LayerGraph&) const = default;
};

// The layers that a spec expands to, in the order of execution, without names.
std::vector<Layer> layersOf(const NetworkSpec& spec);

}  // namespace resnet
