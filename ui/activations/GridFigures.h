#pragma once

#include "ui/activations/MapGridPainter.h"
#include "ui/exports/WidgetFigure.h"

namespace resnet::ui {

// All channels of a grid, not only those that are scrolled to, and the colour bar of their scale if they have
// one. `titles` stand above the columns of a residual unit's terms. The content must not be empty.
Figure gridFigure(const FigureTitle& title, const MapGridContent& content, const Theme& theme);
Figure gridFigure(const FigureTitle& title, const MapGridContent& content, const UnitTitles& titles,
                  const Theme& theme);

}  // namespace resnet::ui
