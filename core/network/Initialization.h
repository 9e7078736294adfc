#pragma once

#include "core/network/Graph.h"
#include "core/tensor/Tensor.h"

#include <cstdint>

namespace resnet {

// Parameters as Keras would start them, from a seed, the same on every machine:
//   kernels       He-normal: N(0, s) cut at 2 s with s = sqrt(2 / fan-in) / 0.87962566, so that what is left
//                 after the cut has deviation sqrt(2 / fan-in) (He et al., "Delving Deep into Rectifiers",
//                 2015)
//   dense matrix  Glorot-uniform: U(-l, l), l = sqrt(6 / (fan-in + fan-out)) (Glorot & Bengio, 2010)
//   bias, beta 0; gamma 1; running mean 0; running variance 1
StateDict initialParameters(const Graph& graph, std::uint64_t seed);

}  // namespace resnet
