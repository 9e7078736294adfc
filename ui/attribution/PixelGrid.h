#pragma once

#include "core/network/Graph.h"
#include "core/tensor/FeatureMaps.h"

namespace resnet::ui {

// The distance in pixels of the places that the first strided 1 x 1 projection reads, and so gives a gradient
// to; 0 in a network without one.
int projectionPeriod(const Graph& graph);

// How unequal the places within blocks of `period` x `period` pixels are over the whole map (1 x h x w): the
// mean magnitude at the strongest of them over that of all. 1 where there is no grid, or nothing at all.
double gridContrast(const FeatureMaps& map, int period);

}  // namespace resnet::ui
