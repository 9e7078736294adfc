#pragma once

#include "ui/painting/LesionChart.h"
#include "ui/widgets/Canvas.h"

namespace resnet::ui {

// The chart of what the network says with one way off: a click on a bar picks it. With the keys, left and
// right go from bar to bar and Return or Space pick the one that is marked.
class LesionChartView : public Canvas {
    Q_OBJECT
public:
    using Place = LesionChartLayout::Place;

    explicit LesionChartView(QWidget* parent = nullptr);

    QAccessible::Role role() const override { return QAccessible::Chart; }

    void setChart(LesionChart chart, int current);
    const LesionChart& chart() const { return m_chart; }
    void setTheme(const Theme& theme);
    QRectF slotOf(const Place& place) const { return LesionChartLayout(m_chart, rect()).slotOf(place); }

    QSize sizeHint() const override { return toScreen(QSizeF(700, 170)); }
    QSize minimumSizeHint() const override { return toScreen(QSizeF(300, 96)); }

Q_SIGNALS:
    void picked(int unit, resnet::ui::LesionChart::Part part);
    void hovered(int unit, resnet::ui::LesionChart::Part part);
    void hoverLeft();

protected:
    bool event(QEvent* event) override;
    void paint(QPainter& painter) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void leaveEvent(QEvent* event) override;

private:
    void setHovered(const std::optional<Place>& place);

    LesionChart m_chart;
    int m_current = -1;
    std::optional<Place> m_hovered;
    const Theme* m_theme = &Theme::light();
};

}  // namespace resnet::ui
