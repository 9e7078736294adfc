#pragma once

#include "core/network/Graph.h"
#include "core/tensor/FeatureMaps.h"

#include <QString>

#include <map>
#include <string>
#include <vector>

namespace resnet::app {

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
