#pragma once

#include "ui/painting/ColumnChart.h"
#include "ui/painting/Theme.h"
#include "ui/widgets/ColumnCanvas.h"

#include <QRectF>
#include <QString>
#include <QStringList>

#include <optional>
#include <variant>
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

// The score, unit by unit: a chart, or a strip of the best classes.
class ScoreCanvas : public ColumnCanvas {
    Q_OBJECT
public:
    explicit ScoreCanvas(QWidget* parent = nullptr);

    using Content = std::variant<ColumnChart, ExitStrip>;
    void setContent(Content content);
    const Content& content() const { return m_content; }
    QRectF columnRect(int column) const override;

    QSize sizeHint() const override { return toScreen(QSizeF(700, 220)); }
    QSize minimumSizeHint() const override { return toScreen(QSizeF(300, 120)); }

protected:
    int columns() const override;
    std::optional<int> columnAt(const QPointF& point) const override;
    void paintColumns(QPainter& painter, int current, int hovered, const Theme& theme) override;

private:
    Content m_content;
};

}  // namespace resnet::ui
