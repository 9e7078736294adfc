#pragma once

#include "core/network/Graph.h"

namespace resnet {

// The window of a layer over an input: its padding as stated, or by the network's rule for this extent.
Window windowOf(const WindowRule& rule, const FeatureShape& input, Padding padding);

// The shape that a layer makes of its inputs; `window` is windowOf() for the first of them. Throws Error
// naming the layer where they do not fit.
FeatureShape shapeAfter(const Layer& layer, const Window& window, const std::vector<FeatureShape>& inputs);

}  // namespace resnet
