#pragma once

#include "core/network/Layers.h"
#include "core/weights/KerasPreparation.h"
#include "core/weights/KerasVariables.h"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace resnet {

// What wrote a file; empty where it does not say.
struct KerasOrigin {
    std::string version;  // "3.3.3"
    std::string backend;  // "tensorflow", "torch", "jax"
};

// A network as a Keras configuration states it.
struct KerasGraph {
    LayerGraph layers;
    // The parameter that a variable is, by the variable's path: "conv2d_3.weight".
    std::map<std::string, std::string, std::less<>> parameters;
    // Under the keys of core/model/ModelMetadata.h, and which of them are guesses.
    std::map<std::string, std::string, std::less<>> metadata;
    std::set<std::string, std::less<>> guessed;
    std::vector<std::string> notes;
};

// Reads the layers from the picture's preparation to the output. Nothing in a configuration is ever run, a
// Lambda layer least of all. Throws Error naming the layer, its class and the setting for what this program
// does not compute.
KerasGraph readKerasGraph(const KerasGraphNodes& nodes, const KerasOrigin& origin,
                          const KerasVariables& variables, const KerasValues& valuesOf);

// What Keras does where nothing is stated: padding "same", epsilon 1e-3, pixels from 0 to 1, all of them
// guesses as far as they are. Keras 3.0 to 3.8 computes projections differently on PyTorch
// (Padding::SameTorch); where a file does not name the backend, TensorFlow's way is the guess.
void completeKerasSettings(const KerasOrigin& origin, KerasGraph& graph);

}  // namespace resnet
