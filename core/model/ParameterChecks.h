#pragma once

#include "core/network/Graph.h"
#include "core/tensor/Tensor.h"

#include <stop_token>
#include <string>
#include <vector>

namespace resnet {

// Where a file has all of a network's parameters and more: a line that says what the others seem to be, and
// each of them behind it. Empty where something is missing or misshapen as well.
std::vector<std::string> partBesides(const Graph& graph, const StateDict& parameters);

// What loads and yet looks wrong, one line each: NaN and infinity, negative running variance, kernels and
// dense matrices that are all zeros. Once stopped, not all are looked at.
std::vector<std::string> suspiciousNumbersIn(const StateDict& parameters, const std::stop_token& stop = {});

}  // namespace resnet
