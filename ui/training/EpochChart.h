#pragma once

#include "ui/painting/LineChart.h"
#include "ui/widgets/Canvas.h"

#include <optional>
#include <vector>

namespace resnet::ui {

// Curves over the epochs of a training, one chart beside the other. An epoch is read under the cursor or with
// the arrow keys, and chosen by a click or Return.
class EpochChart : public Canvas {
    Q_OBJECT
public:
    explicit EpochChart(QWidget* parent = nullptr);

    QAccessible::Role role() const override { return QAccessible::Chart; }

    void setCharts(std::vector<LineChart> charts);
    const std::vector<LineChart>& charts() const { return m_charts; }
    void setTheme(const Theme& theme);
    // What is said while there is nothing to see.
    void setPlaceholder(const QString& text);
    // The middle of an epoch in a chart, in pixels.
    QPointF pointOf(int chart, int place) const;

    QSize sizeHint() const override { return toScreen(QSizeF(760, 300)); }
    QSize minimumSizeHint() const override { return toScreen(QSizeF(320, 180)); }

Q_SIGNALS:
    void pointed(int place);  // -1: none
    void chosen(int place);

protected:
    void paint(QPainter& painter) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void point(int place);
    std::optional<int> at(const QPointF& point) const;
    QRectF roomOf(int chart) const;

    std::vector<LineChart> m_charts;
    QString m_placeholder;
    int m_pointed = -1;
    const Theme* m_theme = &Theme::light();
};

}  // namespace resnet::ui
