#include "ui/explain/EvidenceMap.h"

#include "ui/painting/ColorBar.h"
#include "ui/painting/NumberText.h"
#include "ui/painting/OverlayPainter.h"

#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>

namespace resnet::ui {
namespace {

constexpr int headerHeight = 38;
constexpr int footerHeight = 34;
constexpr int barHeight = 8;

}  // namespace

EvidenceMap::EvidenceMap(QWidget* parent) : QWidget(parent) {
    setMinimumSize(180, 180 + headerHeight + footerHeight);
}

void EvidenceMap::setContent(const QImage& picture, FeatureMapsPtr map, const ValueRange& scale) {
    m_map = std::move(map);
    m_scale = scale;
    m_shown = m_map && !picture.isNull() ? overlayImage(picture, *m_map, m_scale) : picture;
    update();
}

void EvidenceMap::setTexts(const QString& title, const QString& caption) {
    m_title = title;
    m_caption = caption;
    setAccessibleName(title);
    setAccessibleDescription(caption);
    update();
}

void EvidenceMap::setTheme(const Theme& theme) {
    m_theme = &theme;
    update();
}

QRectF EvidenceMap::pictureRect() const {
    const QRectF room = QRectF(rect()).adjusted(0, headerHeight, 0, -footerHeight);
    if (m_shown.isNull())
        return room;
    const QSizeF size = QSizeF(m_shown.size()).scaled(room.size(), Qt::KeepAspectRatio);
    return {room.topLeft(), size};
}

void EvidenceMap::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    const auto text = [&](TextRole role, const QColor& color, const QRectF& where, const QString& what) {
        painter.setFont(ui::font(role));
        painter.setPen(color);
        painter.drawText(where, Qt::AlignLeft | Qt::AlignVCenter,
                         painter.fontMetrics().elidedText(what, Qt::ElideRight, int(where.width())));
    };
    text(TextRole::BodyBold, m_theme->ink, QRectF(0, 0, width(), 18), m_title);
    text(TextRole::Secondary, m_theme->secondaryText, QRectF(0, 17, width(), 16), m_caption);
    if (m_shown.isNull())
        return;
    const QRectF picture = pictureRect();
    painter.drawImage(picture, m_shown);
    if (m_map)
        paintColorBar(painter,
                      QRectF(picture.left() + 0.5, picture.bottom() + 8.5, picture.width() - 1, barHeight),
                      ColorMap::Diverging, m_scale, *m_theme);
}

QString EvidenceMap::readout(const QPointF& point) const {
    const QRectF picture = pictureRect();
    if (!m_map || !picture.contains(point))
        return {};
    const int y =
        std::min(int((point.y() - picture.top()) / picture.height() * m_map->height()), m_map->height() - 1);
    const int x =
        std::min(int((point.x() - picture.left()) / picture.width() * m_map->width()), m_map->width() - 1);
    return tr("row %1, column %2: %3").arg(y).arg(x).arg(signedValueText(m_map->at(0, y, x)));
}

bool EvidenceMap::event(QEvent* event) {
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    const QString text = readout(help->pos());
    if (text.isEmpty())
        QToolTip::hideText();
    else
        QToolTip::showText(help->globalPos(), text, this);
    return true;
}

}  // namespace resnet::ui
