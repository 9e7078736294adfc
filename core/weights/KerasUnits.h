#pragma once

#include "core/weights/KerasLayers.h"

#include <vector>

namespace resnet {

// A residual unit by its layers, as indices, each list in order.
struct KerasUnit {
    std::vector<std::size_t> wide;    // two convolutions of 3 x 3
    std::vector<std::size_t> narrow;  // none, or the projection's convolution of 1 x 1
    std::vector<std::size_t> norms;
};

struct KerasUnits {
    std::vector<KerasUnit> units;
    std::vector<std::size_t> loose;  // layers outside of units
};

// Groups of layers that hold two 3 x 3 convolutions and at most one 1 x 1.
KerasUnits findGroupedUnits(const std::vector<KerasLayer>& layers);

// The units of a network written layer by layer: every two 3 x 3 convolutions are one, and a 1 x 1
// convolution between the same numbers of channels is its projection. `norms` has the batch norm of each
// convolution. Empty if there is any other convolution.
std::vector<KerasUnit> makeUnits(const std::vector<KerasLayer>& layers,
                                 const std::vector<std::size_t>& convolutions,
                                 const std::vector<std::size_t>& norms);

// Puts units into the order of the network: that of their layers if it fits their channels or is the file's
// own, else that of the channels.
void sortUnits(std::vector<KerasUnit>& units, const std::vector<KerasLayer>& layers, bool isOwnOrder);

}  // namespace resnet
