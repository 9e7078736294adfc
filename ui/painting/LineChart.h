#pragma once

#include "ui/painting/Theme.h"

#include <QRectF>
#include <QString>

#include <optional>
#include <vector>

class QPainter;

namespace resnet::ui {

// Lines over the same places, all on one axis.
struct LineChart {
    enum class Tone { Accent, Ink, Quiet };
    struct Line {
        QString name;
        Tone tone{};
        bool isDashed = false;
        std::vector<std::optional<double>> values;  // one per place; missing ones leave a gap
    };

    QString title;
    double low = 0.0;  // of the axis
    double high = 1.0;
    std::vector<double> places;  // rising
    std::optional<double> mark;  // where one is at present: a line across, from top to bottom
    QString firstLabel;          // below the first and the last place
    QString lastLabel;
    std::vector<Line> lines;

    bool isEmpty() const { return places.empty(); }
};

// The part that the lines are in; above it are the title and the names of the lines.
QRectF plotOf(const LineChart& chart, const QRectF& room);
// The place nearest to a point, from the left; nothing outside.
std::optional<int> placeAt(const LineChart& chart, const QRectF& room, const QPointF& point);
// `hovered` is a place or -1.
void paintLineChart(QPainter& painter, const QRectF& room, const LineChart& chart, int hovered,
                    const Theme& theme);

}  // namespace resnet::ui
