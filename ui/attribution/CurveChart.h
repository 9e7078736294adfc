#pragma once

#include "ui/painting/LineChart.h"
#include "ui/widgets/Canvas.h"

namespace resnet::ui {

// Lines whose numbers at a place are told while the cursor is there.
class CurveChart : public Canvas {
    Q_OBJECT
public:
    explicit CurveChart(QWidget* parent = nullptr);

    QAccessible::Role role() const override { return QAccessible::Chart; }

    void setChart(LineChart chart);
    void setTheme(const Theme& theme);

    const LineChart& chart() const { return m_chart; }
    // "magnitudes 0.83, SSIM 0.41" at a place.
    QString textAt(int place) const;

Q_SIGNALS:
    void hovered(int place);  // -1: none

protected:
    void paint(QPainter& painter) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;

private:
    void setHovered(int place);

    LineChart m_chart;
    int m_hovered = -1;
    const Theme* m_theme = &Theme::light();
};

}  // namespace resnet::ui
