#pragma once

#include "ui/painting/Theme.h"

#include <QRectF>
#include <QString>
#include <QStringList>

#include <optional>
#include <vector>

class QPainter;

namespace resnet::ui {

// What a network would say if it ended after its first units: a row per class, a column for every place where
// it could end, shaded by the class's share; in every column the class that is first is framed.
struct ExitStrip {
    struct Row {
        QString name;
        std::vector<double> shares;  // by column; NaN: not a number
    };

    QStringList columns;  // "stem", "1.0", ...
    std::vector<Row> rows;
    std::vector<int> first;  // by column: the row that is first; -1 if it is none of them

    bool isEmpty() const { return columns.isEmpty(); }
};

// Where its columns lie in a rectangle.
class ExitStripLayout {
public:
    ExitStripLayout(const ExitStrip& strip, const QRectF& room);

    QRectF cellOf(int row, int column) const;
    std::optional<int> columnAt(const QPointF& point) const;
    const QRectF& plot() const { return m_plot; }

private:
    QRectF m_plot;
    int m_columns;
    int m_rows;
};

// `current` and `hovered` are columns or -1.
void paintExitStrip(QPainter& painter, const QRectF& room, const ExitStrip& strip, int current, int hovered,
                    const Theme& theme);

}  // namespace resnet::ui
