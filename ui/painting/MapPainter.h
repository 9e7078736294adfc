#pragma once

#include "ui/painting/MapImage.h"
#include "ui/painting/Theme.h"

#include <QPoint>
#include <QRectF>

#include <optional>

class QPainter;

namespace resnet::ui {

// A map enlarged to `target`, every cell a sharp square, cells of NaN and infinity hatched. In the colours of
// the theme's ground, as the colour bar has them.
void paintMap(QPainter& painter, const QRectF& target, const FeatureMapView& map, ColorMap colors,
              const ValueRange& scale, const Theme& theme);

// White hatching over the cells of NaN and infinity of a map that was painted to `target`.
void paintNotFinite(QPainter& painter, const QRectF& target, const FeatureMapView& map);

// Where cell (y, x) of a map of `height` x `width` cells lies in `target`.
QRectF cellRect(const QRectF& target, int height, int width, int y, int x);
// The other way round: the cell at a point as (x, y); nothing outside the map.
std::optional<QPoint> cellAt(const QRectF& target, int height, int width, const QPointF& point);

// Frames a cell so that it is seen on any colour: dark inside, light outside.
void paintCellMark(QPainter& painter, const QRectF& cell);

}  // namespace resnet::ui
