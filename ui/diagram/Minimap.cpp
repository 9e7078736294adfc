#include "ui/diagram/Minimap.h"

#include "ui/painting/DiagramPainter.h"

#include <QPainter>

#include <algorithm>

namespace resnet::ui {

namespace {

constexpr QSizeF largest(168, 84);
constexpr double padding = 4.0;

}  // namespace

Minimap::Minimap(const QRectF& bounds, const Viewport& viewport, const QRectF& place) {
    constexpr double slack = 24.0;
    if (bounds.isEmpty() || place.adjusted(-slack, -slack, slack, slack).contains(viewport.toWidget(bounds)))
        return;
    const double scale = std::min(largest.width() / bounds.width(), largest.height() / bounds.height());
    const QSizeF size = bounds.size() * scale + QSizeF(2 * padding, 2 * padding);
    m_rect = QRectF(place.bottomRight() - QPointF(size.width() + padding, size.height() + padding), size);
    m_viewport =
        Viewport{scale, {}}.withPointAt(bounds.topLeft(), m_rect.topLeft() + QPointF(padding, padding));
    m_seen = viewport.toDrawing(place).intersected(bounds);
}

QPointF Minimap::toDrawing(const QPointF& position) const {
    return m_viewport.toDrawing(position);
}

QImage Minimap::picture(const DiagramLayout& layout, const DiagramContent& content, const Theme& theme,
                        double pixelRatio) const {
    QImage image((m_rect.size() * pixelRatio).toSize(), QImage::Format_ARGB32_Premultiplied);
    image.setDevicePixelRatio(pixelRatio);
    image.fill(Qt::transparent);
    QPainter painter(&image);
    painter.translate(m_viewport.offset - m_rect.topLeft());
    painter.scale(m_viewport.zoom, m_viewport.zoom);
    DiagramPaintOptions options;
    options.zoom = m_viewport.zoom;
    options.labelOpacity = 0.0;
    DiagramContent thin = content;  // thick lines would cover it
    thin.norms.clear();
    paintDiagram(painter, layout, thin, theme, options);
    return image;
}

void Minimap::paint(QPainter& painter, const QImage& picture, const Theme& theme) const {
    painter.setPen(QPen(theme.line, 1));
    painter.setBrush(theme.panel);
    painter.drawRoundedRect(m_rect, 6, 6);
    painter.drawImage(m_rect.topLeft(), picture);
    painter.setPen(QPen(theme.selection, 1.2));
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(m_viewport.toWidget(m_seen));
}

}  // namespace resnet::ui
