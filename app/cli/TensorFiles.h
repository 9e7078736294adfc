#pragma once

#include "app/cli/NetworkOptions.h"
#include "core/network/Graph.h"
#include "core/tensor/Tensor.h"

#include <QString>

namespace resnet::app {

// A .npy file that a network takes as its input: 1 x 3 x H x W with H and W from 32 to 1024. Throws Error.
Tensor readInputTensor(const std::string& file);

// The array says how large the network's input is, unless --input says otherwise.
NetworkOptions optionsFor(const Tensor& input, NetworkOptions options);

// Throws Error if it is not of the network's input size.
FeatureMapsPtr checkedInput(const Tensor& tensor, const FeatureShape& expected, const std::string& file);

// Feature maps to be written under the name of the step that they belong to, or as "input".
struct NamedMaps {
    StepId step = inputStep;
    FeatureMapsPtr maps;
};

// F32 tensors of 1 x C x H x W, or 1 x N after pooling, in this order.
std::string safetensorsOf(const std::vector<NamedMaps>& maps, const Graph& graph,
                          const std::map<std::string, std::string, std::less<>>& metadata = {});

// Of --output. Throws UsageError for a name that does not end in .safetensors.
void checkSafetensorsName(const QString& output);

}  // namespace resnet::app
