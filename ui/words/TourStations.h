#pragma once

#include "core/network/Graph.h"

#include <QString>

#include <vector>

namespace resnet::ui {

// One stop of the guided tour: a step to look at and what to notice there.
struct TourStation {
    StepId step = inputStep;
    QString title;
    QString text;
};

// From the picture to the prediction, in the order of the steps. A network without shortcuts or projections
// is shown without the stations that are about them.
std::vector<TourStation> tourStations(const Graph& graph);

}  // namespace resnet::ui
