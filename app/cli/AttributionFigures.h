#pragma once

#include "core/attribution/PathLengths.h"
#include "core/attribution/Trust.h"
#include "ui/exports/WidgetFigure.h"

#include <vector>

namespace resnet::app {

// The norm of each part of a gradient, and below it the number of ways of that length.
ui::Figure figureOf(const PathLengths& of, const ui::FigureTitle& title, const ui::Theme& theme);

// What `trust` found of a map.
struct TrustFindings {
    std::vector<RandomisedMap> maps;
    Curves curves;
};

// The maps of networks that forget, each on the scale written below it, and the curves of both tests.
ui::Figure figureOf(const TrustFindings& of, const ui::FigureTitle& title, const ui::Theme& theme);

}  // namespace resnet::app
