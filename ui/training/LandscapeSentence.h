#pragma once

#include "ui/training/PlaneMeasuring.h"

#include <QString>

namespace resnet::ui {

// "25 × 25": points of a grid of this stride.
QString planeGrid(int side, int stride);

// How far it is, in the grid that is being measured.
QString planeProgress(const std::vector<MeasuredPlane>& planes, int side, bool isStopped);

// What a measured plane is of.
struct LandscapeSaid {
    const PlaneBeginning& of;
    QString folder;  // empty: the sample photographs
    bool isTwin = false;
    bool isTrained = true;
    bool hasEdits = false;
    QString walkedTo;  // the network that the window shows; empty: the one in the middle
};

// What is shown, of what, and what it cannot show; rich text.
QString landscapeSentence(const LandscapeSaid& said);

// What was measured at a place, which was.
QString placeText(const MeasuredPlane& plane, int row, int column, bool isDivergence);

}  // namespace resnet::ui
