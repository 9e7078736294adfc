#pragma once

#include "ui/painting/ColumnChart.h"

#include <QWidget>

namespace resnet::ui {

// Bars over columns of which one is chosen, by a click or with the arrow keys.
class BarChart : public QWidget {
    Q_OBJECT
public:
    explicit BarChart(QWidget* parent = nullptr);

    void setChart(ColumnChart chart);
    void setChosen(int column);
    void setTheme(const Theme& theme);

    int chosenColumn() const { return m_chosen; }
    const ColumnChart& chart() const { return m_chart; }
    QRectF columnRect(int column) const;

Q_SIGNALS:
    void hovered(int column);  // -1: none
    void chosen(int column);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void setHovered(int column);

    ColumnChart m_chart;
    int m_chosen = -1;
    int m_hovered = -1;
    const Theme* m_theme = &Theme::light();
};

}  // namespace resnet::ui
