#pragma once

#include "core/explain/Statistics.h"
#include "ui/painting/Theme.h"

class QPainter;
class QPointF;
class QRectF;

namespace resnet::ui {

// Bars over a base line with the two ends and zero below, in `room` (at least about 80 x 40). Signed values
// are purple below zero and green above it, as in the maps; others green. Bars share one linear scale.
void paintHistogram(QPainter& painter, const QRectF& room, const Histogram& histogram, const Theme& theme);
// "0.10 to 0.15: 1,204 values" of the bar at a point; empty beside the bars.
QString histogramReadout(const QRectF& room, const Histogram& histogram, const QPointF& point);

}  // namespace resnet::ui
