#pragma once

#include "ui/painting/ColumnChart.h"
#include "ui/widgets/Canvas.h"

namespace resnet::ui {

// Bars over the residual units. One is read under the cursor or with the arrow keys, and chosen by a click or
// Return.
class UnitBars : public Canvas {
    Q_OBJECT
public:
    explicit UnitBars(QWidget* parent = nullptr);

    QAccessible::Role role() const override { return QAccessible::Chart; }

    void setChart(ColumnChart chart);
    const ColumnChart& chart() const { return m_chart; }
    void setTheme(const Theme& theme);
    // What is said while there is nothing to see.
    void setPlaceholder(const QString& text);
    QRectF columnRect(int column) const;

    QSize sizeHint() const override { return toScreen(QSizeF(420, 170)); }
    QSize minimumSizeHint() const override { return toScreen(QSizeF(240, 150)); }

Q_SIGNALS:
    void pointed(int column);  // -1: none
    void chosen(int column);

protected:
    void paint(QPainter& painter) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void point(int column);

    ColumnChart m_chart;
    QString m_placeholder;
    int m_pointed = -1;
    const Theme* m_theme = &Theme::light();
};

}  // namespace resnet::ui
