#include "ui/painting/MapPainter.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace resnet::ui {

QRectF cellRect(const QRectF& target, int height, int width, int y, int x) {
    const double cellWidth = target.width() / width;
    const double cellHeight = target.height() / height;
    return {target.left() + x * cellWidth, target.top() + y * cellHeight, cellWidth, cellHeight};
}

std::optional<QPoint> cellAt(const QRectF& target, int height, int width, const QPointF& point) {
    if (!target.contains(point))
        return std::nullopt;
    const QPointF inside = point - target.topLeft();
    return QPoint(std::min(int(inside.x() / target.width() * width), width - 1),
                  std::min(int(inside.y() / target.height() * height), height - 1));
}

void paintNotFinite(QPainter& painter, const QRectF& target, const FeatureMapView& map) {
    painter.save();
    painter.setPen(Qt::NoPen);
    painter.setBrush(QBrush(Qt::white, Qt::BDiagPattern));
    for (int y = 0; y < map.height; ++y)
        for (int x = 0; x < map.width; ++x)
            if (!std::isfinite(map.at(y, x)))
                painter.drawRect(cellRect(target, map.height, map.width, y, x));
    painter.restore();
}

void paintMap(QPainter& painter, const QRectF& target, const FeatureMapView& map, ColorMap colors,
              const ValueRange& scale, const Theme& theme) {
    painter.drawImage(target, mapImage(map, onGround(colors, theme.isDark()), scale));
    paintNotFinite(painter, target, map);
}

void paintCellMark(QPainter& painter, const QRectF& cell) {
    const QPointF centre = cell.center();
    const double side = std::max({6.0, cell.width(), cell.height()});
    const QRectF mark(centre.x() - side / 2, centre.y() - side / 2, side, side);
    painter.save();
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(Qt::white, 3.5, Qt::SolidLine, Qt::SquareCap, Qt::MiterJoin));
    painter.drawRect(mark);
    painter.setPen(QPen(QColor(0x11, 0x18, 0x27), 1.5, Qt::SolidLine, Qt::SquareCap, Qt::MiterJoin));
    painter.drawRect(mark);
    painter.restore();
}

}  // namespace resnet::ui
