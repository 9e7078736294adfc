#pragma once

#include "ui/activations/CellReadout.h"
#include "ui/activations/UnitTerms.h"
#include "ui/workspace/Workspace.h"

#include <optional>

namespace resnet::ui {

// What the selected channel reads at a cell of the current step, whose output must be computed.

// x, F(x), their sum and ReLU, as far as they are computed.
Reading lensReading(const Workspace& workspace, const Cell& cell,
                    const std::array<std::optional<float>, unitTermCount>& values);

// The value at the cell, if there is one, and the channel's mean, minimum and maximum. `maps` are those
// shown.
Reading mapReading(const Workspace& workspace, const FeatureMaps& maps, const std::optional<Cell>& cell);

// One value of a vector: its rank, and for a class logit and probability. `pooled` are the maps that were
// averaged, or null.
Reading vectorReading(const Workspace& workspace, const FeatureMapsPtr& pooled);

}  // namespace resnet::ui
