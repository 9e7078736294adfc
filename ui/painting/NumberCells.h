#pragma once

#include "ui/painting/Theme.h"

#include <QRectF>
#include <QString>

class QPainter;

namespace resnet::ui {

// Numbers drawn in the cells they belong to, on the colours they have: what arithmetic is painted with.

// Where `range` is the largest magnitude: the diverging map's colour on the theme's ground, and ink that can
// be read on it.
QColor divergingColor(double value, double range, const Theme& theme);
QColor inkOn(const QColor& fill);

// A number on a ground of its colour, as wide as fits: fewer decimals in small cells.
void paintNumber(QPainter& painter, const QRectF& cell, const QString& prefix, double value,
                 const QColor& fill, const Theme& theme);
// A cell outside the map.
void paintPadding(QPainter& painter, const QRectF& cell, const Theme& theme);
void paintCaption(QPainter& painter, const QRectF& rect, const QString& text, const Theme& theme,
                  int alignment = Qt::AlignLeft | Qt::AlignVCenter);
// Lines between the cells of a grid, and around it.
void paintGridLines(QPainter& painter, const QRectF& rect, int rows, int columns, const Theme& theme);

}  // namespace resnet::ui
