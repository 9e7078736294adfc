#pragma once

#include "core/network/Graph.h"

#include <string>
#include <vector>

namespace resnet {

// What sets a network that states its layers apart from the textbook's, in one line ("Unlike the textbook's
// network, ..."); nothing if that is none of: grey pictures, convolutions with bias, projections without
// batch norm, activations other than ReLU, layers between the last unit and the dense layer, several dense
// layers, no softmax, no additions.
std::vector<std::string> unusualIn(const Graph& graph);

}  // namespace resnet
