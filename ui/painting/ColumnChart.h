#pragma once

#include "core/network/Graph.h"
#include "ui/painting/Theme.h"

#include <QColor>
#include <QRectF>
#include <QString>

#include <functional>
#include <optional>
#include <vector>

class QPainter;

namespace resnet::ui {

// Several quantities over the same columns (steps or units), one row of bars each, every row on its own scale
// from zero. Missing values leave a gap.
struct ColumnChart {
    enum class Tone { Neutral, MainPath, Shortcut };
    struct Series {
        std::optional<Tone> tone;  // else that of the column
        std::vector<std::optional<double>> values;
    };
    struct Row {
        QString title;
        std::vector<Series> series;  // beside each other in a column
        std::function<double(double)> position =
            {};                          // monotone with position(0) = 0, where bars are not linear
        std::vector<double> marks = {};  // get a line with their number
    };
    struct Group {
        QString title;
        int first = 0;  // column where it begins
    };

    int columns = 0;
    std::vector<Tone> tones;  // of the columns
    std::vector<Row> rows;
    std::vector<Group> groups;

    bool isEmpty() const { return columns == 0; }
};

QColor colorOf(ColumnChart::Tone tone, const Theme& theme);

// A column for each step, in the tone of its way, under its stage; no rows yet.
ColumnChart chartOfSteps(const Graph& graph);

// Bars by the logarithm, from the power of ten below the smallest positive value on, with powers of ten as
// marks; as they are where the largest is less than 100 times the smallest. Values are not negative.
void spreadOverDecades(ColumnChart::Row& row);

// Where a chart's columns lie in a rectangle.
class ColumnChartLayout {
public:
    ColumnChartLayout(const ColumnChart& chart, const QRectF& room);

    QRectF rowRect(int row) const;
    // The whole height of a column, all rows.
    QRectF columnRect(int column) const;
    std::optional<int> columnAt(const QPointF& point) const;
    const QRectF& plot() const { return m_plot; }

private:
    QRectF m_plot;
    int m_columns;
    int m_rows;
};

// `current` and `hovered` are columns or -1.
void paintColumnChart(QPainter& painter, const QRectF& room, const ColumnChart& chart, int current,
                      int hovered, const Theme& theme);

}  // namespace resnet::ui
