#pragma once

#include "ui/painting/MapImage.h"
#include "ui/painting/Theme.h"

#include <QString>

class QPainter;
class QRectF;

namespace resnet::ui {

// The colours of a scale with the numbers at its ends, and zero where it lies between them. A bar that is
// taller than wide has its numbers at the right, else below; `bar` is the coloured part. Ends that `values`
// go beyond say so: "≥ 0.7".
void paintColorBar(QPainter& painter, const QRectF& bar, ColorMap map, const ValueRange& scale,
                   const Theme& theme, const ValueRange& values = emptyRange);

// The coloured part alone.
void paintColors(QPainter& painter, const QRectF& bar, ColorMap map, const Theme& theme);

// The numbers at the ends of a scale: "≤ −0.7" where values go beyond it.
struct ScaleEnds {
    QString low;
    QString high;
};
ScaleEnds scaleEnds(const ValueRange& scale, const ValueRange& values);

// Room the numbers take beside an upright bar and below a lying one.
inline constexpr int colorBarLabelWidth = 46;
inline constexpr int colorBarLabelHeight = 16;

}  // namespace resnet::ui
