#pragma once

#include "ui/drawing/DiagramContent.h"
#include "ui/drawing/DiagramLayout.h"
#include "ui/drawing/Viewport.h"
#include "ui/painting/Theme.h"

class QPainter;

namespace resnet::ui {

// The whole drawing small in a corner, with the part in sight framed.
class Minimap {
public:
    // Empty if all of the drawing is in sight.
    Minimap(const QRectF& bounds, const Viewport& viewport, const QRectF& place);

    const QRectF& rect() const { return m_rect; }  // in the widget
    bool contains(const QPointF& position) const { return m_rect.contains(position); }
    // The point of the drawing that a position on the map stands for.
    QPointF toDrawing(const QPointF& position) const;
    // The drawing in the map's size, for a screen of this pixel ratio: to be kept until drawing or content
    // change.
    QImage picture(const DiagramLayout& layout, const DiagramContent& content, const Theme& theme,
                   double pixelRatio) const;
    void paint(QPainter& painter, const QImage& picture, const Theme& theme) const;

private:
    QRectF m_rect;
    QRectF m_seen;  // of the drawing
    Viewport m_viewport;
};

}  // namespace resnet::ui
