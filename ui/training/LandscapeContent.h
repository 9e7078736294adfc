#pragma once

#include "ui/painting/LandscapePainter.h"
#include "ui/painting/LineChart.h"
#include "ui/training/PlaneMeasuring.h"

#include <QString>

#include <vector>

namespace resnet::ui {

// Measured planes side by side, with what the network itself says in the middle; interpolated between the
// places of the grid of this stride. Of no planes for a stride of 0: no grid is whole yet.
LandscapePicture landscapePicture(const std::vector<MeasuredPlane>& planes, int stride, bool isDivergence);

// What was measured along the first direction, through the middle: the loss and the accuracy, of all planes
// on one scale that ends where that of the map does. Empty for a stride of 0.
std::vector<LineChart> landscapeLine(const std::vector<MeasuredPlane>& planes, int stride, bool isDivergence);

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
