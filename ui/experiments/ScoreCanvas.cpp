#include "ui/experiments/ScoreCanvas.h"

#include "ui/painting/DiagramPainter.h"

#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>
#include <cmath>
#include <utility>

namespace resnet::ui {

namespace {

constexpr double nameWidth = 120.0;
constexpr double labelHeight = 18.0;
constexpr double tallestRow = 40.0;

void paintCell(QPainter& painter, const QRectF& cell, double share, bool isFirst, const Theme& theme) {
    const QRectF box = cell.adjusted(1, 1, -1, -1);
    painter.setPen(isFirst ? QPen(theme.ink, 1.6) : QPen(theme.line, 1));
    painter.setBrush(shadeColor(std::isnan(share) ? 0.0 : share, theme));
    painter.drawRoundedRect(box, 3, 3);
    painter.setFont(font(isFirst ? TextRole::SmallBold : TextRole::Small));
    painter.setPen(theme.ink);
    const QString text =
        std::isnan(share) ? QStringLiteral("NaN") : QString::number(std::lround(100.0 * share));
    if (QFontMetricsF(painter.font()).horizontalAdvance(text) < box.width())
        painter.drawText(box, Qt::AlignCenter, text);
}

}  // namespace

ExitStripLayout::ExitStripLayout(const ExitStrip& strip, const QRectF& room)
    : m_plot(room.adjusted(nameWidth, 0, -4, -labelHeight)),
      m_columns(std::max(1, int(strip.columns.size()))),
      m_rows(std::max(1, int(strip.rows.size()))) {
    m_plot.setHeight(std::min(m_plot.height(), m_rows * tallestRow));
}

QRectF ExitStripLayout::cellOf(int row, int column) const {
    const double width = m_plot.width() / m_columns;
    const double height = m_plot.height() / m_rows;
    return {m_plot.left() + column * width, m_plot.top() + row * height, width, height};
}

std::optional<int> ExitStripLayout::columnAt(const QPointF& point) const {
    if (!m_plot.adjusted(0, 0, 0, labelHeight).contains(point))
        return std::nullopt;
    return std::clamp(int((point.x() - m_plot.left()) / m_plot.width() * m_columns), 0, m_columns - 1);
}

void paintExitStrip(QPainter& painter, const QRectF& room, const ExitStrip& strip, int current, int hovered,
                    const Theme& theme) {
    const ExitStripLayout layout(strip, room);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    for (int column = 0; column < int(strip.columns.size()); ++column) {
        const QRectF whole =
            layout.cellOf(0, column).united(layout.cellOf(int(strip.rows.size()) - 1, column));
        if (column == hovered)
            painter.fillRect(whole.adjusted(0, 0, 0, labelHeight), theme.controlHover);
        for (int row = 0; row < int(strip.rows.size()); ++row)
            paintCell(painter, layout.cellOf(row, column),
                      strip.rows[std::size_t(row)].shares[std::size_t(column)],
                      strip.first[std::size_t(column)] == row, theme);
        painter.setFont(font(column == current ? TextRole::SmallBold : TextRole::Small));
        painter.setPen(column == current ? theme.ink : theme.secondaryText);
        painter.drawText(QRectF(whole.left() - 8, whole.bottom() + 2, whole.width() + 16, labelHeight - 2),
                         Qt::AlignCenter, strip.columns[column]);
    }
    const QFontMetricsF metrics(font(TextRole::Secondary));
    painter.setFont(font(TextRole::Secondary));
    painter.setPen(theme.ink);
    for (int row = 0; row < int(strip.rows.size()); ++row) {
        const QRectF cell = layout.cellOf(row, 0);
        const QRectF place(room.left(), cell.top(), nameWidth - 8, cell.height());
        painter.drawText(
            place, Qt::AlignLeft | Qt::AlignVCenter,
            metrics.elidedText(strip.rows[std::size_t(row)].name, Qt::ElideRight, place.width()));
    }
    painter.restore();
}

ScoreCanvas::ScoreCanvas(QWidget* parent) : ColumnCanvas(ArrowKeys::Point, parent) {
    setAccessibleName(tr("The score, unit by unit"));
}

void ScoreCanvas::setContent(Content content) {
    m_content = std::move(content);
    columnsChanged();
}

int ScoreCanvas::columns() const {
    const auto* strip = std::get_if<ExitStrip>(&m_content);
    return strip ? int(strip->columns.size()) : std::get<ColumnChart>(m_content).columns;
}

std::optional<int> ScoreCanvas::columnAt(const QPointF& point) const {
    const auto* strip = std::get_if<ExitStrip>(&m_content);
    return strip ? ExitStripLayout(*strip, area()).columnAt(point)
                 : ColumnChartLayout(std::get<ColumnChart>(m_content), area()).columnAt(point);
}

QRectF ScoreCanvas::columnRect(int column) const {
    const auto* strip = std::get_if<ExitStrip>(&m_content);
    return strip ? ExitStripLayout(*strip, area()).cellOf(0, column)
                 : ColumnChartLayout(std::get<ColumnChart>(m_content), area()).columnRect(column);
}

void ScoreCanvas::paintColumns(QPainter& painter, int current, int hovered, const Theme& theme) {
    if (const auto* strip = std::get_if<ExitStrip>(&m_content))
        paintExitStrip(painter, area(), *strip, current, hovered, theme);
    else
        paintColumnChart(painter, area(), std::get<ColumnChart>(m_content), current, hovered, theme);
}

}  // namespace resnet::ui
