#pragma once

#include "ui/painting/DiagramPainter.h"

#include <functional>

namespace resnet::ui {

// What the lines, thicknesses and shades of a drawing mean: main path, shortcut, projection and sum; the
// norms that thickness stands for; the figure that shade stands for.
class DiagramLegend {
public:
    static constexpr double rowHeight = 20.0;

    // As for a drawing that is painted with these options.
    DiagramLegend(const DiagramLayout& layout, const DiagramContent& content, const Theme& theme,
                  const DiagramPaintOptions& options);
    // The same without what the lines mean, for places with room for one row only.
    void leaveOutLines();
    double heightFor(double width) const;
    // From the left, in as many rows as it takes; all of them are painted, even beyond the rectangle.
    void paint(QPainter& painter, const QRectF& rect) const;

private:
    // Takes the legend it belongs to, so that legends can be copied.
    using PaintItem = std::function<void(const DiagramLegend&, QPainter&, const QPointF& leftMiddle)>;
    struct Item {
        double width = 0.0;
        bool isOfLines = false;
        PaintItem paint;
    };
    void addLine(const QColor& color, double width, bool isDashed, const QString& meaning);
    void addSum();
    void addNorms(double highest, double lineWidth);
    void addShading(const NodeShading& shading, double highest);
    void add(double width, bool isOfLines, PaintItem paint);
    void drawWord(QPainter& painter, const QString& word, const QPointF& leftMiddle) const;
    // Calls `place` with each item and where it starts.
    double flow(double width, const std::function<void(const Item&, const QPointF&)>& place) const;

    Theme m_theme;
    bool m_textAsPaths;
    std::vector<Item> m_items;
};

}  // namespace resnet::ui
