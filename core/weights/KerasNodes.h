#pragma once

#include <nlohmann/json.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace resnet {

// A layer of a Keras configuration, as it is stated, with what it reads. Layers of nested models stand among
// those of the outer one.
struct KerasNode {
    std::string className;
    std::string name;
    nlohmann::json config;      // an object
    nlohmann::json arguments;   // of its call, where it is an operation; else empty
    std::vector<int> inputs;    // indices of nodes before it
    std::string outermostName;  // of the layer of the outermost model that it is, or is part of
    std::string group;          // where Keras 3 keeps its variables: "layers/conv2d_3", by class and position
    std::string namedGroup;     // the same with names of layers in place of classes
    bool isOwnClass = false;    // of the file's own making, whatever it is called
    bool isInTraining = false;  // called with training=True, itself or the model that it is part of

    // "layer 'conv2d_3' (Conv2D)".
    std::string title() const;
};

struct KerasGraphNodes {
    std::vector<KerasNode> nodes;  // each after those it reads; an InputLayer first
    int output = 0;
};

// The layers of a functional or Sequential configuration (the "model_config" of a file, as JSON). Empty if it
// states no layers: there is none, it is broken, or it is that of a model written as a class.
//
// Throws Error naming the layer for circles, inputs that are no layers, a layer that is used twice, more than
// one input or output, and more than 1000 layers.
KerasGraphNodes kerasNodes(const nlohmann::json& root);

}  // namespace resnet
