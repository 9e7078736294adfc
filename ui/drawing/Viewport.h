#pragma once

#include <QRectF>

namespace resnet::ui {

// How a drawing lies in a widget: a zoom, and where the drawing's origin stands, in pixels.
struct Viewport {
    double zoom = 1.0;
    QPointF offset;

    QPointF toDrawing(const QPointF& position) const { return (position - offset) / zoom; }
    QPointF toWidget(const QPointF& point) const { return point * zoom + offset; }
    QRectF toDrawing(const QRectF& rect) const { return {toDrawing(rect.topLeft()), rect.size() / zoom}; }
    QRectF toWidget(const QRectF& rect) const { return {toWidget(rect.topLeft()), rect.size() * zoom}; }

    // The same drawing with `factor` times the zoom; the point under `position` stays there.
    Viewport zoomedAround(const QPointF& position, double factor) const;
    // Moved so that a point of the drawing stands at a position of the widget.
    Viewport withPointAt(const QPointF& point, const QPointF& position) const;
};

// All of a drawing, as large as there is room, in the middle.
Viewport fitted(const QRectF& bounds, const QRectF& place);

// Moved back so far that a part of the drawing stays in sight.
Viewport keptInReach(const Viewport& viewport, const QRectF& bounds, const QRectF& place);

// Moved so that the drawing fills the place as far as it can: no side of it lies inside, and where it is
// smaller than the place it stands in the middle.
Viewport filling(const Viewport& viewport, const QRectF& bounds, const QRectF& place);

// How far a rectangle has to be moved to lie in another one; not at all if it does.
QPointF shiftInto(const QRectF& rect, const QRectF& place);

// From one to the other, t from 0 to 1.
Viewport mix(const Viewport& from, const Viewport& to, double t);

}  // namespace resnet::ui
