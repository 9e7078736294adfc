#pragma once

#include "ui/painting/DiagramPainter.h"

#include <functional>

namespace resnet::ui {

// One thing that a legend explains.
struct LegendItem {
    enum class Kind { Line, Sum, Word, Ramp };
    Kind kind{};
    QString meaning = {};       // behind the sample; of a ramp: its low end, before it
    QString high = {};          // of a ramp: its high end
    Way way = Way::MainPath;    // of a line
    bool isProjection = false;  // of a line
    bool isHollow = false;      // of a line: what is switched off
    double lineWidth = 0.0;
    bool isOfNorms = false;  // one of several that stand closer together
    double width = 0.0;      // of all of it
};

// Which maps the blocks of a drawing show; nothing where they show none.
QString mapsCaption(const DiagramLayout& layout, const DiagramContent& content);

// What the lines, thicknesses and shades of a drawing mean: main path, shortcut, projection and sum; the
// norms that thickness stands for; the figure that shade stands for.
class DiagramLegend {
public:
    static constexpr double rowHeight = 20.0;
    // Of an item's parts.
    static constexpr double sampleWidth = 24.0;
    static constexpr double sumRadius = 5.5;
    static constexpr double rampWidth = 90.0;
    static constexpr double rampHeight = 8.0;
    static constexpr double wordGap = 6.0;

    // As for a drawing that is painted with these options.
    DiagramLegend(const DiagramLayout& layout, const DiagramContent& content, const Theme& theme,
                  const DiagramPaintOptions& options);
    // The same without what the lines mean, for places with room for one row only.
    void leaveOutLines();
    // A line of words behind all else, if there are any.
    void addCaption(const QString& words);
    double heightFor(double width) const;
    // From the left, in as many rows as it takes; all of them are painted, even beyond the rectangle.
    void paint(QPainter& painter, const QRectF& rect) const;
    // Calls `place` with each item and the middle of its left side. Returns the height.
    double flow(double width, const std::function<void(const LegendItem&, const QPointF&)>& place) const;

    static double wordWidth(const QString& word);

private:
    void add(LegendItem item);
    void addEdits(const Edits& edits);
    void paintItem(QPainter& painter, const LegendItem& item, const QPointF& left) const;
    void drawWord(QPainter& painter, const QString& word, const QPointF& leftMiddle) const;

    Theme m_theme;
    bool m_textAsPaths;
    std::vector<LegendItem> m_items;
};

}  // namespace resnet::ui
