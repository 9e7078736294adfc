#pragma once

#include "ui/painting/ColumnChart.h"
#include "ui/widgets/ColumnCanvas.h"

namespace resnet::ui {

// A column chart to look at and to go by.
class ColumnChartView : public ColumnCanvas {
    Q_OBJECT
public:
    explicit ColumnChartView(ArrowKeys keys = ArrowKeys::Pick, QWidget* parent = nullptr);

    void setChart(ColumnChart chart);
    const ColumnChart& chart() const { return m_chart; }
    bool isEmpty() const { return m_chart.isEmpty(); }
    QRectF columnRect(int column) const override;

protected:
    int columns() const override { return m_chart.columns; }
    std::optional<int> columnAt(const QPointF& point) const override;
    void paintColumns(QPainter& painter, int current, int hovered, const Theme& theme) override;

private:
    ColumnChart m_chart;
};

}  // namespace resnet::ui
