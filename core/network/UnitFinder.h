#pragma once

#include "core/network/Layers.h"

#include <string>
#include <vector>

namespace resnet {

// A layer with its place: the order of these is that of execution.
struct PlacedLayer {
    int layer = 0;     // index in the list it was found in
    std::string name;  // torchvision's for this place: "layer2.0.downsample.0"
};

// A unit as positions in the list of placed layers.
struct PlacedUnit {
    int stage = 0;
    int unit = 0;
    int input = -1;  // the last layer before it
    std::vector<int> mainPath;
    std::vector<int> shortcut;  // empty: the input as it is
    int add = -1;               // -1: none
    std::vector<int> tail;      // after the addition, or the activation at the end of a unit that has none
    int output = 0;
};

struct PlacedLayers {
    std::vector<PlacedLayer> layers;
    std::vector<PlacedUnit> units;
};

// The residual units among layers that stand in the order of execution, the last of them the network's
// output; `shapes` are their outputs. A unit is an addition with its two ways back to the layer where they
// part; the one with more convolutions is the main path. A batch norm and activation before the fork belong
// to a unit whose shortcut has a layer of its own (pre-activation); activations after the addition to the
// unit before. A stage begins where the channels change, or the extent, if the channels do not change in the
// next unit. Without any addition every two convolutions after the first are a unit.
//
// Throws Error naming the layer if ways do not come from one fork, if sums stand within sums, or if there is
// no convolution outside of the stem.
PlacedLayers placeLayers(const std::vector<Layer>& layers, const std::vector<FeatureShape>& shapes);

}  // namespace resnet
