#pragma once

#include "ui/painting/Theme.h"

#include <QRectF>
#include <QString>

#include <optional>
#include <utility>
#include <vector>

class QPainter;

namespace resnet::ui {

// What a network says while one way of one unit is off at a time: two bars per unit, F(x) off and shortcut
// off, from 0 to 100 %, and a line across for the network with all on.
struct LesionChart {
    enum class Part { MainPath, Shortcut };
    struct Bar {
        double share = 0.0;  // NaN: not a number, and no bar
        bool isOff = false;  // this way is off at the moment: filled
    };
    struct Column {
        QString label;  // "3.1"
        Bar mainPath, shortcut;
        bool changesX = false;  // the unit's shortcut does: dashed
    };

    QString title;
    double reference = 0.0;
    std::vector<Column> columns;

    bool isEmpty() const { return columns.empty(); }
};

// Where a chart's bars lie in a rectangle.
class LesionChartLayout {
public:
    using Place = std::pair<int, LesionChart::Part>;  // column and which of its bars

    LesionChartLayout(const LesionChart& chart, const QRectF& room);

    const QRectF& plot() const { return m_plot; }
    // The whole height that a bar has, as wide as it can be hit.
    QRectF slotOf(const Place& place) const;
    double yOf(double share) const { return m_plot.bottom() - share * m_plot.height(); }
    std::optional<Place> placeAt(const QPointF& point) const;

private:
    QRectF m_plot;
    int m_columns;
};

// `current` is a column or -1.
void paintLesionChart(QPainter& painter, const QRectF& room, const LesionChart& chart, int current,
                      const std::optional<LesionChartLayout::Place>& hovered, const Theme& theme);

}  // namespace resnet::ui
