#pragma once

#include "ui/painting/ColumnChart.h"

#include <QWidget>

namespace resnet::ui {

// Bars over the residual units. One is read under the cursor or with the arrow keys, and chosen by a click or
// Return.
class UnitBars : public QWidget {
    Q_OBJECT
public:
    explicit UnitBars(QWidget* parent = nullptr);

    void setChart(ColumnChart chart);
    const ColumnChart& chart() const { return m_chart; }
    void setTheme(const Theme& theme);
    // What is said while there is nothing to see.
    void setPlaceholder(const QString& text);
    QRectF columnRect(int column) const;

    QSize sizeHint() const override { return {420, 170}; }
    QSize minimumSizeHint() const override { return {240, 150}; }

Q_SIGNALS:
    void pointed(int column);  // -1: none
    void chosen(int column);

protected:
    void paintEvent(QPaintEvent* event) override;
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
