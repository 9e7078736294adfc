#pragma once

#include "core/network/SeenPixels.h"
#include "ui/painting/Theme.h"

#include <QRectF>
#include <QSize>
#include <QString>

class QPainter;

namespace resnet::ui {

// What a cell has seen, over a picture of `pixels` that was painted to `target`: what the longest way sees
// stays clear and the rest is dimmed, the shortest way is framed. What lies in the padding is hatched outside
// the picture, as far as `margin` allows; sides of a frame that lie beyond that are dashed at its edge.
void paintSeenRange(QPainter& painter, const QRectF& target, const QSize& pixels, const SeenRange& seen,
                    const Theme& theme, double margin = 0.0);

// Of a picture of `pixels`: "Sees 59 × 59 pixels through all convolutions (blue), 11 × 11 by shortcuts alone
// (orange); 51 × 59 are inside the picture."
QString seenRangeText(const SeenRange& seen, const QSize& pixels);

}  // namespace resnet::ui
