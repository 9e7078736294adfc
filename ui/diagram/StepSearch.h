#pragma once

#include "core/network/Graph.h"

#include <QString>

#include <optional>
#include <vector>

namespace resnet::ui {

// The steps that every word of a text fits, in order. A word fits a step by a part of its name
// ("downsample", "layer2.0"), of its kind ("conv", "batch norm", "projection", "shortcut", "3x3"), its shape
// ("14x14", "28x28x128") or its whole number of channels ("256"). Nothing fits an empty text.
std::vector<StepId> findSteps(const Graph& graph, const QString& text);

// The step that a text is the whole name of ("conv1", "layer2.0.add"), or the first step of the part it is
// the name of ("layer2.0", "layer2", "Stage 2", "stem"). None for any other text.
std::optional<StepId> stepCalled(const Graph& graph, const QString& text);

}  // namespace resnet::ui
