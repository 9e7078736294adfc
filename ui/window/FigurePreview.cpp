#include "ui/window/FigurePreview.h"

#include <QPainter>

#include <algorithm>

namespace resnet::ui {

namespace {

QBrush check() {
    QPixmap tile(16, 16);
    tile.fill(QColor(0xE8, 0xE8, 0xE8));
    QPainter painter(&tile);
    painter.fillRect(0, 0, 8, 8, Qt::white);
    painter.fillRect(8, 8, 8, 8, Qt::white);
    return QBrush(tile);
}

}  // namespace

FigurePreview::FigurePreview(QWidget* parent) : QWidget(parent) {
    setMinimumSize(320, 200);
    setAccessibleName(tr("Preview"));
    setToolTip(tr("Exactly what will be saved"));
}

void FigurePreview::setFigure(Figure figure) {
    m_figure = std::move(figure);
    setAccessibleDescription(m_figure.title);
    update();
}

void FigurePreview::paintEvent(QPaintEvent*) {
    if (m_figure.size.isEmpty() || !m_figure.paint)
        return;
    const double zoom = std::min(width() / m_figure.size.width(), height() / m_figure.size.height());
    const QRectF page(QPointF(), m_figure.size * zoom);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.translate((width() - page.width()) / 2, (height() - page.height()) / 2);
    painter.fillRect(page, m_figure.background.isValid() ? QBrush(m_figure.background) : check());
    painter.setClipRect(page);
    painter.scale(zoom, zoom);
    m_figure.paint(painter, {});
}

}  // namespace resnet::ui
