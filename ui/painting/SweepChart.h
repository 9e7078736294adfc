#pragma once

#include "ui/painting/ColumnChart.h"

namespace resnet::ui {

// What a network says while its parts are changed one after the other: a bar a change, from zero, with a line
// across for the network without changes.
struct SweepChart {
    struct Bar {
        QString label;  // below the bar
        double value = 0.0;
        std::optional<double> low, high;  // spread over draws
        std::optional<double> measured;   // with batch norm measured anew
        bool changesX = false;            // of a unit whose shortcut does: hatched
        QString note;                     // above the bar, upright: what it says instead
    };
    struct Panel {
        QString title;
        ColumnChart::Tone tone{};
        double reference = 0.0;
        QString referenceLabel;
        std::vector<Bar> bars;
        std::vector<ColumnChart::Group> groups;
    };

    bool isShare = true;  // 0 to 1, written as per cent
    std::vector<Panel> panels;
};

// The size it needs: the panels below each other, and what the marks mean.
QSizeF sizeOf(const SweepChart& chart);
void paintSweepChart(QPainter& painter, const SweepChart& chart, const Theme& theme);

}  // namespace resnet::ui
