#include "ui/widgets/ColumnChartView.h"

#include <utility>

namespace resnet::ui {

ColumnChartView::ColumnChartView(ArrowKeys keys, QWidget* parent) : ColumnCanvas(keys, parent) {}

void ColumnChartView::setChart(ColumnChart chart) {
    m_chart = std::move(chart);
    columnsChanged();
}

QRectF ColumnChartView::columnRect(int column) const {
    return ColumnChartLayout(m_chart, area()).columnRect(column);
}

std::optional<int> ColumnChartView::columnAt(const QPointF& point) const {
    return ColumnChartLayout(m_chart, area()).columnAt(point);
}

void ColumnChartView::paintColumns(QPainter& painter, int current, int hovered, const Theme& theme) {
    paintColumnChart(painter, area(), m_chart, current, hovered, theme);
}

}  // namespace resnet::ui
