#pragma once

#include "app/cli/NetworkOptions.h"
#include "core/network/Graph.h"
#include "core/tensor/FeatureMaps.h"
#include "core/tensor/Tensor.h"

#include <string>

namespace resnet::app {

// An input tensor from a file, as it goes to the network: .npy, float32, 1 x C x H x W with C of 1, 3
// or 4 and H and W from 8 to 1024. Throws Error.
Tensor readInputFile(const std::string& file);

// The array says how large the network's input is, unless --input says otherwise.
NetworkOptions optionsFor(const Tensor& input, NetworkOptions options);

// The network's input; throws Error naming the file if the array is of another size.
FeatureMapsPtr inputFrom(const Tensor& tensor, const FeatureShape& expected, const std::string& file);

// Whether a name ends as that of an input tensor does.
bool isInputFile(const QString& path);

}  // namespace resnet::app
