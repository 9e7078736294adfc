#pragma once

#include "core/model/Model.h"
#include "core/model/ModelMetadata.h"
#include "core/tensor/Tensor.h"

#include <memory>
#include <string>
#include <vector>

namespace resnet {

// Units in each stage as the names "layerS.U.*" tell them; empty if there is no such name. A stage that is
// skipped counts 0 units.
std::vector<int> unitsPerStageIn(const StateDict& parameters);

// What a state dict tells of its network, and what was assumed.
struct DetectedNetwork {
    NetworkSpec spec;
    // The spec's layers with what the file has of its own (biases, batch norm without scale, projections
    // without batch norm); null where the spec says all.
    std::shared_ptr<const LayerGraph> layers;
    std::vector<std::string> notes;  // what shapes do not tell
};

// The network that a state dict holds, read off its names and shapes: units, kind of unit, channels, classes,
// stem, channels of the picture, shortcuts; everything else of the spec is left as it is by default. What
// shapes do not tell is taken from the request, else from the metadata, else assumed with a note. Adds a line
// to `problems` for everything that contradicts the request, and for shortcuts whose kind cannot be told.
// Throws Error if there is no residual network in it.
DetectedNetwork detectNetwork(const StateDict& parameters, const ModelRequest& request,
                              const ModelMetadata& metadata, std::vector<std::string>& problems);

// Throws Error naming the setting if a padding or epsilon is asked for that a network's layers leave no room
// for: each states its own.
void checkSettings(const LayerGraph& layers, const ModelRequest& request);

// Adds a line to `problems` for everything in the request that the network of a file is not.
void checkRequest(const NetworkSpec& found, const ModelRequest& request, std::vector<std::string>& problems);

}  // namespace resnet
