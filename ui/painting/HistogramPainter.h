#pragma once

#include "core/explain/Statistics.h"
#include "ui/painting/Theme.h"

class QPainter;
class QRectF;

namespace resnet::ui {

// Bars over a base line with the two ends and zero below, in `room` (at least about 80 x 40). Signed values
// are purple below zero and green above it, as in the maps; others green. Bars share one linear scale.
void paintHistogram(QPainter& painter, const QRectF& room, const Histogram& histogram, const Theme& theme);

}  // namespace resnet::ui
