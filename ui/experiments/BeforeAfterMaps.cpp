#include "ui/experiments/BeforeAfterMaps.h"

#include "core/explain/Difference.h"
#include "ui/painting/ColorBar.h"
#include "ui/painting/MapPainter.h"
#include "ui/words/NumberText.h"

#include <QMouseEvent>
#include <QPainter>

#include <algorithm>

namespace resnet::ui {

namespace {

constexpr double captionWidth = 150.0;
constexpr double wordWidth = 76.0;
constexpr double barWidth = 90.0;
constexpr double barHeight = 8.0;

}  // namespace

BeforeAfterMaps::BeforeAfterMaps(QWidget* parent) : Canvas(parent) {
    setMouseTracking(true);
    setAccessibleName(tr("The map before, now, and the difference"));
}

void BeforeAfterMaps::setMaps(const FeatureMapsPtr& before, const FeatureMapsPtr& now, int channel,
                              const QString& caption) {
    m_before = before;
    m_now = now;
    m_channel = channel;
    m_caption = caption;
    m_difference =
        before && now ? std::make_shared<FeatureMaps>(resnet::difference(*now, *before, channel)) : nullptr;
    m_scale = {-1.0f, 1.0f};
    if (m_difference)
        m_scale = scaleFor(ColorMap::Diverging,
                           united(united(rangeOf(before->channel(channel)), rangeOf(now->channel(channel))),
                                  rangeOf(*m_difference)));
    tellValues();
    update();
}

void BeforeAfterMaps::setCell(const std::optional<Cell>& cell) {
    m_cell = cell;
    tellValues();
    update();
}

// "after the unit, channel 22: before +0.120, now 0, difference -0.120", at the selected cell.
void BeforeAfterMaps::tellValues() {
    QStringList values;
    if (m_difference && m_cell && m_cell->y < m_difference->height() && m_cell->x < m_difference->width())
        values << tr("before %1").arg(signedValueText(m_before->at(m_channel, m_cell->y, m_cell->x)))
               << tr("now %1").arg(signedValueText(m_now->at(m_channel, m_cell->y, m_cell->x)))
               << tr("difference %1").arg(signedValueText(m_difference->at(0, m_cell->y, m_cell->x)));
    const QString caption = QString(m_caption).replace(QLatin1Char('\n'), QLatin1Char(' '));
    setAccessibleDescription(values.isEmpty() ? caption
                                              : tr("%1: %2").arg(caption, values.join(QStringLiteral(", "))));
    tellSpoken();
}

void BeforeAfterMaps::setTheme(const Theme& theme) {
    m_theme = &theme;
    update();
}

QRectF BeforeAfterMaps::mapRect(int index) const {
    const double slot = (area().width() - captionWidth) / 3.0;
    const QSizeF room(std::max(8.0, slot - wordWidth - 12.0), area().height() - 2.0);
    const QSizeF cells = m_now ? QSizeF(m_now->width(), m_now->height()) : QSizeF(1, 1);
    const QSizeF size = cells.scaled(room, Qt::KeepAspectRatio);
    return {QPointF(captionWidth + index * slot, (area().height() - size.height()) / 2), size};
}

void BeforeAfterMaps::paint(QPainter& painter) {
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(ui::font(TextRole::Secondary));
    painter.setPen(m_theme->secondaryText);
    painter.drawText(QRectF(0, 0, captionWidth - 8, area().height() / 2.0 + 10),
                     Qt::AlignLeft | Qt::AlignVCenter,
                     m_difference ? m_caption : m_caption + QLatin1Char('\n') + tr("not computed"));
    const QString words[] = {tr("before"), tr("now"), tr("difference")};
    for (int i = 0; i < 3; ++i) {
        const QRectF rect = mapRect(i);
        if (m_difference) {
            const FeatureMapView view = i == 0   ? m_before->channel(m_channel)
                                        : i == 1 ? m_now->channel(m_channel)
                                                 : m_difference->channel(0);
            paintMap(painter, rect, view, ColorMap::Diverging, m_scale, *m_theme);
            if (m_cell && m_cell->y < m_now->height() && m_cell->x < m_now->width())
                paintCellMark(painter, cellRect(rect, m_now->height(), m_now->width(), m_cell->y, m_cell->x));
        }
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(m_theme->line, 1));
        painter.drawRect(rect);
        painter.setFont(ui::font(TextRole::BodyBold));
        painter.setPen(m_theme->ink);
        painter.drawText(QRectF(rect.right() + 8, 0, wordWidth, area().height()),
                         Qt::AlignLeft | Qt::AlignVCenter, words[i]);
    }
    if (m_difference)
        paintColorBar(painter,
                      QRectF(14,
                             std::min(area().height() / 2.0 + 16,
                                      area().height() - barHeight - colorBarLabelHeight - 2.0),
                             barWidth, barHeight),
                      ColorMap::Diverging, m_scale, *m_theme);
}

std::optional<Cell> BeforeAfterMaps::cellAt(const QPointF& point) const {
    if (!m_difference)
        return std::nullopt;
    for (int i = 0; i < 3; ++i)
        if (const auto found = ui::cellAt(mapRect(i), m_now->height(), m_now->width(), point))
            return Cell{found->y(), found->x()};
    return std::nullopt;
}

void BeforeAfterMaps::mouseMoveEvent(QMouseEvent* event) {
    const std::optional<Cell> cell = cellAt(event->position());
    if (cell)
        Q_EMIT cellHovered(*cell, m_before->at(m_channel, cell->y, cell->x),
                           m_now->at(m_channel, cell->y, cell->x));
    else
        Q_EMIT hoverLeft();
}

void BeforeAfterMaps::mousePressEvent(QMouseEvent* event) {
    if (const std::optional<Cell> cell = cellAt(event->position()); cell && event->button() == Qt::LeftButton)
        Q_EMIT cellPicked(cell);
}

void BeforeAfterMaps::leaveEvent(QEvent*) {
    Q_EMIT hoverLeft();
}

}  // namespace resnet::ui
