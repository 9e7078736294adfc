#pragma once

#include "core/network/Graph.h"

#include <QString>

#include <vector>

namespace resnet::ui {

// One stop of a guided tour: a step to look at and what to notice there.
struct TourStation {
    // What beside the step itself is spoken of.
    enum class About { Step, Picture, Prediction };

    StepId step = inputStep;
    QString title;
    QString text;
    QString view = {};     // key of the view in the workbench; empty: whichever is there
    bool isPlain = false;  // of the tour over the twins: in the one without shortcuts
    About about = About::Step;
};

// From the picture to the prediction, in the order of the steps. A network without shortcuts or projections
// is shown without the stations that are about them, and one that is not trained with no word of what it
// knows.
std::vector<TourStation> tourStations(const Graph& graph, bool isTrained);

// "Why shortcuts": six stations over two networks of the same units, the one with shortcuts and the one
// without. `residual` is the one with; steps of stations in the other are of the same place in it.
std::vector<TourStation> shortcutStations(const Graph& residual);
// Where a station of it is in a network: the end of the unit that its step is in.
StepId stationStep(const TourStation& station, const Graph& residual, const Graph& open);

}  // namespace resnet::ui
