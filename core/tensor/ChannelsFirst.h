#pragma once

#include "core/tensor/FeatureMaps.h"

#include <span>
#include <vector>

namespace resnet {

// Feature maps in the order of files, channels x height x width; memory has height x width x channels.
std::vector<float> toChannelsFirst(const FeatureMaps& maps);

// `values` holds shape.size() numbers.
FeatureMaps fromChannelsFirst(FeatureShape shape, std::span<const float> values);

}  // namespace resnet
