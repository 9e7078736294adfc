#pragma once

#include "ui/painting/Theme.h"

#include <QRectF>

class QPainter;

namespace resnet::ui {

// What the lines of a drawing mean, in one line from the left: main path, shortcut, projection, sum.
void paintDiagramKey(QPainter& painter, const QRectF& rect, const Theme& theme, bool hasShortcuts,
                     bool textAsPaths);

}  // namespace resnet::ui
