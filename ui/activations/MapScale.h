#pragma once

#include "core/explain/Statistics.h"
#include "core/network/Graph.h"
#include "ui/painting/MapImage.h"
#include "ui/workspace/ShownMaps.h"

#include <span>
#include <vector>

namespace resnet::ui {

class Workspace;

// Of finite values; emptyRange if there are none.
ValueRange rangeOf(const Statistics& statistics);

// For the maps of `shown`, now and before what they are compared with: one step, or several of one unit and
// shape that share their scales. One scale per channel for ScaleScope::Channel, from its smallest to its
// largest value. Else one for all, which ends at three times the root mean square of the values: a few
// extreme ones would make all others pale. Steps not computed yet do not count; one of those shown must be
// computed.
std::vector<ValueRange> mapScales(ScaleScope scope, ColorMap colors, const Graph& graph,
                                  std::span<const StepId> shown, const ShownMaps& maps,
                                  ActivationStatistics& statistics);

// The same as the workspace's settings say. A scale over the whole network has to be measured first; until
// then the steps have one of their own. Empty while none is computed.
std::vector<ValueRange> scalesShown(Workspace& workspace, ColorMap colors, std::span<const StepId> shown);

}  // namespace resnet::ui
