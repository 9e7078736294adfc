#include "ui/experiments/ScoreCanvas.h"

#include <utility>

namespace resnet::ui {

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
