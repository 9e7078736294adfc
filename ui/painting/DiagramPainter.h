#pragma once

#include "ui/drawing/DiagramContent.h"
#include "ui/drawing/DiagramLayout.h"
#include "ui/painting/Theme.h"

class QPainter;

namespace resnet::ui {

// What a block shows where no values are known: a stack of sheets from back to front, as large and as many as
// the maps on a logarithmic scale; a narrow bar for a vector.
std::vector<QRectF> sheetsOf(const DiagramNode& node);

struct DiagramPaintOptions {
    double zoom = 1.0;         // device pixels a length of 1 takes, before the device's own scale
    double normZoom = 0.0;     // the zoom at which normWidth() holds; 0: that
    QRectF visible;            // leave out what lies outside; empty: paint all
    bool textAsPaths = false;  // for files that must look the same without our font
    double labelOpacity = 1.0;
    bool fadesByZoom = false;  // labels come and go by degrees, for one who is zooming
};

// Paints a drawing; the painter is scaled by `options.zoom` already. Screen, minimap, preview and every
// export call this.
void paintDiagram(QPainter& painter, const DiagramLayout& layout, const DiagramContent& content,
                  const Theme& theme, const DiagramPaintOptions& options = {});

// The parts, in this order.
void paintFrames(QPainter& painter, const DiagramLayout& layout, const Theme& theme,
                 const DiagramPaintOptions& options);
void paintEdges(QPainter& painter, const DiagramLayout& layout, const DiagramContent& content,
                const Theme& theme, const DiagramPaintOptions& options);
void paintNodes(QPainter& painter, const DiagramLayout& layout, const DiagramContent& content,
                const Theme& theme, const DiagramPaintOptions& options);
// What is different about the network: factors of ways, and which units have other weights.
void paintEditTags(QPainter& painter, const DiagramLayout& layout, const DiagramContent& content,
                   const Theme& theme, const DiagramPaintOptions& options);
void paintLabels(QPainter& painter, const DiagramLayout& layout, const Theme& theme,
                 const DiagramPaintOptions& options);

// A label that has room at a zoom: its text, in full or in short, at `scale` times the size of its role, in
// lengths of the drawing.
struct PlacedLabel {
    const DiagramLabel* label = nullptr;
    QString text;
    TextRole role{};
    double scale = 1.0;
    double slack = 0.0;  // room beyond that of the smallest text, as a share of that
};
std::vector<PlacedLabel> placedLabels(const DiagramLayout& layout, double zoom);

// What a block's shading stands for: the sum of its steps' values, or that of its last.
double shadedValue(const DiagramNode& node, const NodeShading& shading);
double highestShade(const DiagramLayout& layout, const NodeShading& shading);
// The colour of a share, 0 to 1, of the highest value.
QColor shadeColor(double share, const Theme& theme);

// The strongest norm that an edge of the drawing carries; 0 if none is known.
double highestNorm(const DiagramLayout& layout, const DiagramContent& content);
// How thick on screen, in pixels, an edge is that carries a share, 0 to 1, of the strongest norm: 1 to 7 at
// every zoom. Norms differ by orders of magnitude from stage to stage: the square root keeps the weak apart.
double normWidth(double share);
// The width of one edge in lengths of the drawing: that of its norm, or of its way if `highest` is 0 or its
// norm is not known.
double edgeWidth(const DiagramEdge& edge, const DiagramLayout& layout, const DiagramContent& content,
                 double highest, double normZoom);

// A projection's line: lengths of dash and gap in widths of the line.
inline const QList<double> projectionDashes{2.4, 1.4};
// The same of the outline of what is switched off.
inline const QList<double> hollowDashes{2.5, 2.0};
// The lines on both sides of a hollow one, and the gap between them, at zoom 1.
inline constexpr double hollowSide = 0.9;
inline constexpr double hollowGap = 2.0;

// Whether anything of a rectangle has to be painted.
inline bool isVisible(const QRectF& rect, const DiagramPaintOptions& options) {
    return options.visible.isEmpty() || rect.adjusted(-12, -12, 12, 12).intersects(options.visible);
}

}  // namespace resnet::ui
