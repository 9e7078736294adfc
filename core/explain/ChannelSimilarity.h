#pragma once

#include "core/explain/Statistics.h"

#include <vector>

namespace resnet {

// Correlation (-1 to 1) of every channel with one of them, over the pixels: who answers to the same places.
// 0 for constant channels. `statistics` are the channels' own. NaN and infinity count as the mean.
std::vector<double> similarityTo(const FeatureMaps& maps, const std::vector<Statistics>& statistics,
                                 int channel);

}  // namespace resnet
