#include "ui/predictions/PictureView.h"

#include <QPainter>

#include <algorithm>

namespace resnet::ui {

PictureView::PictureView(QWidget* parent) : QWidget(parent) {
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Expanding);
    setAccessibleName(tr("Input picture"));
}

void PictureView::setImage(const QImage& image) {
    m_image = image;
    limitHeight();
    update();
}

void PictureView::setField(const std::optional<QRect>& field) {
    if (field == m_field)
        return;
    m_field = field;
    update();
}

void PictureView::setTheme(const Theme& theme) {
    m_theme = theme;
    update();
}

void PictureView::limitHeight() {
    const double aspect = m_image.isNull() ? 1.0 : double(m_image.height()) / m_image.width();
    setMaximumHeight(std::max(minimumSizeHint().height(), qRound(width() * aspect)));
}

void PictureView::resizeEvent(QResizeEvent*) {
    limitHeight();
}

QRectF PictureView::imageRect() const {
    const QSizeF size = QSizeF(m_image.size()).scaled(QSizeF(this->size()), Qt::KeepAspectRatio);
    return {QPointF((width() - size.width()) / 2, 0), size};
}

void PictureView::paintEmpty(QPainter& painter) const {
    painter.setPen(QPen(m_theme.inactive, 1, Qt::DashLine));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), Theme::controlRadius,
                            Theme::controlRadius);
    painter.setPen(m_theme.secondaryText);
    painter.drawText(rect().adjusted(12, 12, -12, -12), Qt::AlignCenter | Qt::TextWordWrap,
                     tr("Drop a picture here"));
}

void PictureView::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHints(QPainter::Antialiasing | QPainter::SmoothPixmapTransform);
    if (m_image.isNull()) {
        paintEmpty(painter);
        return;
    }
    const QRectF target = imageRect();
    painter.drawImage(target, m_image);
    if (!m_field)
        return;
    const double scale = target.width() / m_image.width();
    const QRectF whole(target.topLeft() + QPointF(m_field->topLeft()) * scale,
                       QSizeF(m_field->size()) * scale);
    const QRectF seen = whole.intersected(target).adjusted(1, 1, -1, -1);
    // White dashes on a dark line show on any picture.
    QPen dashes(Qt::white, 1.5);
    dashes.setDashPattern({4, 3});
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(QColor(0, 0, 0, 150), 2.5));
    painter.drawRect(seen);
    painter.setPen(dashes);
    painter.drawRect(seen);
}

}  // namespace resnet::ui
