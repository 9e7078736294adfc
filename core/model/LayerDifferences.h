#pragma once

#include "core/network/Layers.h"
#include "core/tensor/Tensor.h"

#include <memory>
#include <string>
#include <vector>

namespace resnet {

// The layers of a spec with what a state dict has of its own: biases of convolutions, no bias in the dense
// layer, batch norms without scale or centre, projections without batch norm, no batch norm before a
// pre-activation network's head, a sigmoid for one output (with a note). Null if the file holds what the spec
// says. Only what the whole file is without counts: a tensor that is missing in one place is missing. Throws
// Error if the spec is out of range.
std::shared_ptr<const LayerGraph> layersWithDifferences(const StateDict& parameters, const NetworkSpec& spec,
                                                        std::vector<std::string>& notes);

}  // namespace resnet
