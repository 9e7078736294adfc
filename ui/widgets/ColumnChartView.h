#pragma once

#include "ui/painting/ColumnChart.h"
#include "ui/widgets/Canvas.h"

namespace resnet::ui {

// A column chart to look at and to go by: a click or the left and right arrow keys pick a column.
class ColumnChartView : public Canvas {
    Q_OBJECT
public:
    explicit ColumnChartView(QWidget* parent = nullptr);

    QAccessible::Role role() const override { return QAccessible::Chart; }

    void setChart(ColumnChart chart);
    const ColumnChart& chart() const { return m_chart; }
    bool isEmpty() const { return m_chart.isEmpty(); }
    // -1: none.
    void setCurrent(int column);
    int current() const { return m_current; }
    // Shown while the chart is empty.
    void setPlaceholder(const QString& text);
    void setTheme(const Theme& theme);
    QRectF columnRect(int column) const;

Q_SIGNALS:
    void columnPicked(int column);
    void columnHovered(int column);
    void hoverLeft();

protected:
    void paint(QPainter& painter) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void leaveEvent(QEvent* event) override;

private:
    void setHovered(int column);

    ColumnChart m_chart;
    QString m_placeholder;
    int m_current = -1;
    int m_hovered = -1;
    const Theme* m_theme = &Theme::light();
};

}  // namespace resnet::ui
