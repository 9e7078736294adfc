#pragma once

#include "core/network/Layers.h"

#include <string>
#include <string_view>

namespace resnet {

// Layers as text (JSON), to be kept in a file's metadata beside the parameters that carry their names: a list
// of
// {"kind": "convolution", "name": "conv1", "inputs": [-1], "channels": 64, "kernel": 7, "stride": 2, ...};
// what a kind has no use for, and what is as by default, is left out.
std::string layerGraphText(const LayerGraph& graph);

// Throws Error naming the layer if the text is damaged or was not written by layerGraphText().
LayerGraph layerGraphFromText(std::string_view text);

}  // namespace resnet
