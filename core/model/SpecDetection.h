#pragma once

#include "core/model/Model.h"
#include "core/model/ModelMetadata.h"
#include "core/tensor/Tensor.h"

#include <string>
#include <vector>

namespace resnet {

// Units in each stage as the names "layerS.U.*" tell them; empty if there is no such name. A stage that is
// skipped counts 0 units.
std::vector<int> unitsPerStageIn(const StateDict& parameters);

// Units, channels, classes and shortcuts of the network that a state dict holds, read off its names and
// shapes; everything else of the spec is left as it is by default. Adds a line to `problems` for everything
// that contradicts the request, and for projections that are missing unless the plain network was asked for.
// Throws Error if there is no residual network in it.
NetworkSpec detectSpec(const StateDict& parameters, const ModelRequest& request,
                       const ModelMetadata& metadata, std::vector<std::string>& problems);

}  // namespace resnet
