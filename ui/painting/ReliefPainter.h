#pragma once

#include "ui/painting/LandscapePainter.h"

namespace resnet::ui {

// Where a point of a panel's grid lies in its square, seen from the relief's angle; `height` is 0 to 1.
QPointF reliefPoint(const QRectF& plane, const ReliefAngle& angle, double row, double column, double last,
                    double height);

// The plane as a ground with hills, into its square: the farthest cells first. `heights` are 0 to 1, rows by
// the second direction.
void paintRelief(QPainter& painter, const QRectF& plane, const ReliefAngle& angle,
                 const std::vector<std::vector<double>>& heights, const Theme& theme);

}  // namespace resnet::ui
