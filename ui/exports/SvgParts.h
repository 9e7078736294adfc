#pragma once

#include <QByteArray>
#include <QColor>
#include <QPainterPath>
#include <QString>
#include <QTransform>

namespace resnet::ui {

// Pieces of an SVG file.

// At most two decimals, none of them trailing zeros, independent of the locale.
QByteArray svgNumber(double value);
QByteArray svgPoint(const QPointF& point);
// ` name="1.5"`, with the space before.
QByteArray svgAttribute(const char* name, double value);
// Of all four sides: ` x="0" y="0" width="7" height="7"`.
QByteArray svgRect(const QRectF& rect);
// ` name="#rrggbb"`, and its opacity where it has one.
QByteArray svgColor(const char* name, const QColor& color);
// ` transform="matrix(...)"`.
QByteArray svgTransform(const QTransform& transform);
// The value of a path's attribute d.
QByteArray svgPathData(const QPainterPath& path);
QByteArray svgEscaped(const QString& text);

// Qt's hatchings repeat after this many units. The lines of one such tile; none for other brushes.
inline constexpr double hatchSide = 8.0;
QPainterPath hatchTile(Qt::BrushStyle style);

}  // namespace resnet::ui
