#include "ui/predictions/CropStrip.h"

#include "ui/images/QtImage.h"

#include <QPainter>
#include <QPainterPath>

namespace resnet::ui {

namespace {

constexpr double stripHeight = 44.0;
constexpr double widest = 88.0;
constexpr double gap = 8.0;
constexpr int keptSide = 352;  // pixels: enough for four times the scale
constexpr double least = 0.5;  // of a pixel that is cut off

// Width first, as pictures are measured everywhere.
QString sizeText(const QSizeF& size) {
    return QStringLiteral("%1 × %2").arg(qRound(size.width())).arg(qRound(size.height()));
}

}  // namespace

CropStrip::CropStrip(QWidget* parent) : Canvas(parent) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(tr("What of the picture is used"));
    hide();
}

void CropStrip::setPicture(const Image& picture, const SeenPart& seen) {
    m_size = QSizeF(picture.width, picture.height);
    m_seen = QRectF(seen.left, seen.top, seen.width, seen.height);
    const bool isCut = !picture.isEmpty() && (m_size.width() - m_seen.width() >= least ||
                                              m_size.height() - m_seen.height() >= least);
    // Dropping most pixels first makes no difference to be seen, and costs no time with large photographs.
    m_small = isCut ? toQImage(picture)
                          .scaled(2 * keptSide, 2 * keptSide, Qt::KeepAspectRatio, Qt::FastTransformation)
                          .scaled(keptSide, keptSide, Qt::KeepAspectRatio, Qt::SmoothTransformation)
                    : QImage();
    setVisible(isCut);
    setToolTip(spoken());
    tellSpoken();
    update();
}

void CropStrip::setTheme(const Theme& theme) {
    m_theme = theme;
    update();
}

QString CropStrip::spoken() const {
    return tr("Of %1 pixels the middle part of %2 is used").arg(sizeText(m_size), sizeText(m_seen.size()));
}

QSize CropStrip::sizeHint() const {
    return toScreen(QSizeF(160, stripHeight));
}

QRectF CropStrip::pictureRect() const {
    return {QPointF(), m_size.scaled(widest, stripHeight, Qt::KeepAspectRatio)};
}

QRectF CropStrip::seenRect() const {
    const QRectF whole = pictureRect();
    const double scale = whole.width() / m_size.width();
    return QRectF(m_seen.topLeft() * scale, m_seen.size() * scale).translated(whole.topLeft());
}

void CropStrip::paint(QPainter& painter) {
    if (m_small.isNull())
        return;
    painter.setRenderHints(QPainter::Antialiasing | QPainter::SmoothPixmapTransform);
    const QRectF whole = pictureRect();
    painter.drawImage(whole, m_small);
    QPainterPath cut;
    cut.addRect(whole);
    cut.addRect(seenRect());
    QColor dim = m_theme.panel;
    dim.setAlphaF(0.72f);
    painter.fillPath(cut, dim);
    painter.setPen(QPen(m_theme.ink, 1));
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(seenRect().adjusted(0.5, 0.5, -0.5, -0.5));
    const QRectF words(whole.right() + gap, 0, area().width() - whole.right() - gap, stripHeight);
    painter.setFont(ui::font(TextRole::Secondary));
    painter.setPen(m_theme.secondaryText);
    painter.drawText(words, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextWordWrap,
                     tr("%1; what is dimmed is cut off").arg(sizeText(m_size)));
}

}  // namespace resnet::ui
