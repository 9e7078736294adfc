#include "ui/explain/EvidenceMap.h"

#include "ui/painting/ColorBar.h"
#include "ui/painting/MapImage.h"
#include "ui/painting/MapPainter.h"
#include "ui/painting/OverlayPainter.h"
#include "ui/words/NumberText.h"

#include <QMouseEvent>
#include <QPainter>

#include <algorithm>

namespace resnet::ui {
namespace {

constexpr int headerHeight = 38;
constexpr int footerHeight = 50;
constexpr int barHeight = 8;
constexpr int besideWidth = 150;  // of the texts where they stand beside the picture
constexpr int besideGap = 14;
constexpr int leastSide = 120;  // of the picture; where there is less room, the page is scrolled

}  // namespace

EvidenceMap::EvidenceMap(PointedCell& pointed, QWidget* parent) : Canvas(parent), m_pointed(pointed) {
    setMouseTracking(true);
    connect(&m_pointed, &PointedCell::changed, this, [this] { update(); });
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Expanding);
    setLeastSize(leastSide, leastSide + headerHeight + footerHeight);
}

void EvidenceMap::setContent(const QImage& picture, FeatureMapsPtr map, const ValueRange& scale) {
    m_map = std::move(map);
    m_knownCells = m_map ? int(m_map->shape().pixels()) : 0;
    m_scale = scale;
    m_shown = m_map && !picture.isNull() ? overlayImage(picture, *m_map, m_scale) : picture;
    update();
}

void EvidenceMap::setKnownCells(int count) {
    m_knownCells = count;
    update();
}

void EvidenceMap::setUnhidden(std::optional<double> probability) {
    m_unhidden = probability;
    update();
}

void EvidenceMap::paintUnknown(QPainter& painter, const QRectF& picture) const {
    const int count = int(m_map->shape().pixels());
    for (int i = m_knownCells; i < count; ++i) {
        const QRectF cell =
            cellRect(picture, m_map->height(), m_map->width(), i / m_map->width(), i % m_map->width());
        painter.fillRect(cell, QBrush(m_theme->panel, Qt::BDiagPattern));
    }
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

// The texts stand above and below the picture, or beside it where it gets larger so: in a low, wide place.
bool EvidenceMap::isBeside() const {
    const auto widthIn = [this](const QRectF& room) {
        return room.isEmpty() ? 0.0 : QSizeF(m_shown.size()).scaled(room.size(), Qt::KeepAspectRatio).width();
    };
    return !m_shown.isNull() && widthIn(roomBeside()) > widthIn(roomBetween());
}

QRectF EvidenceMap::roomBetween() const {
    return area().adjusted(0, headerHeight, 0, -footerHeight);
}

QRectF EvidenceMap::roomBeside() const {
    return area().adjusted(0, 0, -besideWidth - besideGap, 0);
}

QRectF EvidenceMap::pictureRect() const {
    const QRectF room = isBeside() ? roomBeside() : roomBetween();
    if (m_shown.isNull())
        return room;
    const QSizeF size = QSizeF(m_shown.size()).scaled(room.size(), Qt::KeepAspectRatio);
    return {room.topLeft(), size};
}

// Title and caption, the colours, and the value under the cursor, below each other at the right.
void EvidenceMap::paintBeside(QPainter& painter, const QRectF& picture) const {
    QRectF room = area();
    room.setLeft(picture.right() + besideGap);
    const auto text = [&](TextRole role, const QColor& color, const QString& what) {
        QRectF taken;
        painter.setFont(ui::font(role));
        painter.setPen(color);
        painter.drawText(room, int(Qt::AlignLeft | Qt::AlignTop) | Qt::TextWordWrap, what, &taken);
        room.setTop(std::max(room.top(), taken.bottom() + 2));
    };
    text(TextRole::BodyBold, m_theme->ink, m_title);
    text(TextRole::Secondary, m_theme->secondaryText, m_caption);
    if (!m_map)
        return;
    room.setTop(room.top() + 8);
    if (!rangeOf(*m_map).isEmpty()) {
        paintOverlayBar(painter, QRectF(room.left() + 0.5, room.top() + 0.5, besideWidth - 1, barHeight),
                        m_scale, *m_theme);
        room.setTop(room.top() + footerHeight - 17);
    }
    text(TextRole::Secondary, m_theme->ink, readout());
}

void EvidenceMap::paint(QPainter& painter) {
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    const auto text = [&](TextRole role, const QColor& color, const QRectF& where, const QString& what) {
        painter.setFont(ui::font(role));
        painter.setPen(color);
        painter.drawText(where, Qt::AlignLeft | Qt::AlignVCenter,
                         painter.fontMetrics().elidedText(what, Qt::ElideRight, int(where.width())));
    };
    const bool areTextsBeside = isBeside();
    const QRectF picture = pictureRect();
    if (areTextsBeside) {
        paintBeside(painter, picture);
    } else {
        text(TextRole::BodyBold, m_theme->ink, QRectF(0, 0, area().width(), 18), m_title);
        text(TextRole::Secondary, m_theme->secondaryText, QRectF(0, 17, area().width(), 16), m_caption);
    }
    if (m_shown.isNull())
        return;
    painter.drawImage(picture, m_shown);
    if (!m_map)
        return;
    paintUnknown(painter, picture);
    if (const std::optional<Cell> cell = pointedCell())
        paintCellMark(painter, cellRect(picture, m_map->height(), m_map->width(), cell->y, cell->x));
    if (areTextsBeside)
        return;
    if (!rangeOf(*m_map).isEmpty())
        paintOverlayBar(painter,
                        QRectF(picture.left() + 0.5, picture.bottom() + 8.5, picture.width() - 1, barHeight),
                        m_scale, *m_theme);
    text(TextRole::Secondary, m_theme->ink, QRectF(0, picture.bottom() + 33, area().width(), 16), readout());
}

std::optional<Cell> EvidenceMap::pointedCell() const {
    return m_map ? m_pointed.in(m_map->shape()) : std::nullopt;
}

QString EvidenceMap::readout() const {
    const std::optional<Cell> cell = pointedCell();
    if (!cell)
        return m_map ? tr("Point at the picture to read a value.") : QString();
    if (cell->y * m_map->width() + cell->x >= m_knownCells)
        return tr("row %1, column %2: not measured").arg(cell->y).arg(cell->x);
    const double value = m_map->at(0, cell->y, cell->x);
    const QString place = tr("row %1, column %2: %3").arg(cell->y).arg(cell->x);
    return place.arg(
        m_unhidden ? tr("%1 → %2 when hidden").arg(percentText(*m_unhidden), percentText(*m_unhidden - value))
                   : signedValueText(value));
}

void EvidenceMap::mouseMoveEvent(QMouseEvent* event) {
    const auto cell =
        m_map ? cellAt(pictureRect(), m_map->height(), m_map->width(), event->position()) : std::nullopt;
    if (cell)
        m_pointed.pointAt(Cell{cell->y(), cell->x()}, m_map->shape());
    else
        m_pointed.leave();
}

void EvidenceMap::leaveEvent(QEvent*) {
    m_pointed.leave();
}

}  // namespace resnet::ui
