#include "ui/activations/PictureBeside.h"

#include "ui/painting/MapPainter.h"
#include "ui/painting/SeenRangePainter.h"

#include <QMouseEvent>
#include <QPainter>

namespace resnet::ui {

PictureBeside::PictureBeside(QWidget* parent) : Canvas(parent) {
    setMouseTracking(true);
    setAccessibleName(tr("The picture, and what the cell has seen of it"));
    setToolTip(tr(
        "The picture. Framed: what the cell has seen, by the longest way (blue) and by shortcuts alone (orange)"));
}

void PictureBeside::setPicture(const QImage& picture) {
    m_picture = picture;
    update();
}

void PictureBeside::setSeen(const std::optional<SeenRange>& seen) {
    m_seen = seen;
    update();
}

void PictureBeside::setTheme(const Theme& theme) {
    m_theme = &theme;
    update();
}

QRectF PictureBeside::pictureRect() const {
    return {QPointF(0, 0), QSizeF(m_picture.size()).scaled(area().size(), Qt::KeepAspectRatio)};
}

void PictureBeside::paint(QPainter& painter) {
    if (m_picture.isNull())
        return;
    painter.setRenderHints(QPainter::Antialiasing | QPainter::SmoothPixmapTransform);
    painter.drawImage(pictureRect(), m_picture);
    if (m_seen)
        paintSeenRange(painter, pictureRect(), m_picture.size(), *m_seen, *m_theme);
}

void PictureBeside::mouseMoveEvent(QMouseEvent* event) {
    if (m_picture.isNull())
        return;
    if (const auto cell = cellAt(pictureRect(), m_picture.height(), m_picture.width(), event->position()))
        Q_EMIT pixelHovered(Cell{cell->y(), cell->x()});
    else
        Q_EMIT pixelHovered(std::nullopt);
}

void PictureBeside::leaveEvent(QEvent*) {
    Q_EMIT pixelHovered(std::nullopt);
}

}  // namespace resnet::ui
