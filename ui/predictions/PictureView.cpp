#include "ui/predictions/PictureView.h"

#include "ui/painting/MapPainter.h"

#include <QMouseEvent>
#include <QPainter>

#include <algorithm>

namespace resnet::ui {
namespace {

constexpr double captionStripHeight = 18.0;

}  // namespace

PictureView::PictureView(QWidget* parent) : Canvas(parent) {
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Expanding);
    setAccessibleName(tr("Input picture"));
    setMouseTracking(true);
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

void PictureView::setPointedPixel(const std::optional<QPoint>& pixel) {
    if (pixel == m_pointed)
        return;
    m_pointed = pixel;
    update();
}

void PictureView::setTheme(const Theme& theme) {
    m_theme = theme;
    update();
}

void PictureView::limitHeight() {
    const double aspect = m_image.isNull() ? 1.0 : double(m_image.height()) / m_image.width();
    setMaximumHeight(std::max(minimumSizeHint().height(), qRound(QWidget::width() * aspect)));
}

void PictureView::resizeEvent(QResizeEvent*) {
    limitHeight();
}

QRectF PictureView::imageRect() const {
    const QSizeF size = QSizeF(m_image.size()).scaled(area().size(), Qt::KeepAspectRatio);
    return {QPointF((area().width() - size.width()) / 2, 0), size};
}

// The network sees squares: where they are large enough to be seen as such, nothing is drawn between them.
bool PictureView::arePixelsSquares(const QRectF& target, const QPainter& painter) const {
    const double scale = painter.worldTransform().m11() * painter.device()->devicePixelRatioF();
    return target.width() * scale >= 2.0 * m_image.width();
}

void PictureView::paintEmpty(QPainter& painter) const {
    painter.setPen(QPen(m_theme.inactive, 1, Qt::DashLine));
    painter.drawRoundedRect(area().adjusted(0.5, 0.5, -0.5, -0.5), Theme::controlRadius,
                            Theme::controlRadius);
    painter.setPen(m_theme.secondaryText);
    painter.drawText(area().adjusted(12, 12, -12, -12), Qt::AlignCenter | Qt::TextWordWrap,
                     tr("Drop a picture here"));
}

void PictureView::paint(QPainter& painter) {
    painter.setRenderHints(QPainter::Antialiasing);
    if (m_image.isNull()) {
        paintEmpty(painter);
        return;
    }
    const QRectF target = imageRect();
    painter.setRenderHint(QPainter::SmoothPixmapTransform, !arePixelsSquares(target, painter));
    painter.drawImage(target, m_image);
    if (m_field)
        paintField(painter);
    if (m_pointed)
        paintPointedPixel(painter);
}

// The frame, and where and what the pixel is on a strip at the end of the picture that is farther from it.
void PictureView::paintPointedPixel(QPainter& painter) const {
    const QRectF target = imageRect();
    const QRectF pixel = cellRect(target, m_image.height(), m_image.width(), m_pointed->y(), m_pointed->x());
    paintCellMark(painter, pixel);
    const QRgb color = m_image.pixel(*m_pointed);
    const QString text = tr("row %1, column %2: %3 %4 %5")
                             .arg(m_pointed->y())
                             .arg(m_pointed->x())
                             .arg(qRed(color))
                             .arg(qGreen(color))
                             .arg(qBlue(color));
    const double top =
        pixel.center().y() > target.center().y() ? target.top() : target.bottom() - captionStripHeight;
    const QRectF strip(target.left(), top, target.width(), captionStripHeight);
    painter.fillRect(strip, QColor(17, 24, 39, 200));
    painter.setFont(ui::font(TextRole::Small));
    painter.setPen(Qt::white);
    painter.drawText(strip, Qt::AlignCenter, text);
}

void PictureView::paintField(QPainter& painter) const {
    const QRectF target = imageRect();
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

std::optional<QPoint> PictureView::pixelAt(const QPointF& point) const {
    return m_image.isNull() ? std::nullopt : cellAt(imageRect(), m_image.height(), m_image.width(), point);
}

void PictureView::mouseMoveEvent(QMouseEvent* event) {
    Q_EMIT pixelHovered(pixelAt(event->position()));
}

void PictureView::leaveEvent(QEvent*) {
    Q_EMIT pixelHovered(std::nullopt);
}

}  // namespace resnet::ui
