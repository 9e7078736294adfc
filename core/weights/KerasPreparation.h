#pragma once

#include "core/weights/KerasNodes.h"

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace resnet {

// How a Keras configuration prepares the picture: what stands between its input and the first layer that is
// the network's.
struct KerasPreparation {
    int node = 0;  // the last of these layers; the input itself if there are none
    int channels = 3;
    std::optional<int> height;  // nothing where the configuration leaves it open
    std::optional<int> width;
    bool isChannelsFirst = false;
    // Under the keys of core/model/ModelMetadata.h; empty where the configuration says nothing of pixels.
    std::map<std::string, std::string, std::less<>> metadata;
    std::vector<std::string> notes;
};

// Values of a layer's variables in their order, for a Normalization that was adapted to data.
using KerasValues = std::function<std::vector<std::vector<float>>(const KerasNode&)>;

// Follows the layers from the input: chains of Rescaling and Normalization, a number per channel, the order
// of channels reversed, Resizing, CenterCrop, and simple operations on all pixels; layers that change
// pictures in training only pass. Throws Error naming the layer for what cannot be said as (pixel * scale -
// mean) / deviation.
KerasPreparation readPreparation(const KerasGraphNodes& graph, const KerasValues& valuesOf);

// Whether the layer changes pictures in training and nothing else (RandomFlip, Dropout, ...).
bool passesInUse(const std::string& className);

}  // namespace resnet
