#pragma once

#include "ui/drawing/OpenNodes.h"

#include <QPolygonF>
#include <QRectF>
#include <QString>

#include <optional>
#include <vector>

namespace resnet::ui {

enum class NodeKind { Image, Step, Sum, Stem, Unit, Stage, Head };

// One block of a drawing. Lengths are in pixels at zoom 1.
struct DiagramNode {
    NodeKind kind{};
    StepId step = inputStep;   // whose output it shows, and where a click leads
    StepId first = inputStep;  // the steps it stands for, `first` to `last`
    StepId last = inputStep;
    int stage = -1;
    int unit = -1;
    Way way{};
    QString name;        // the step's name, or "layer2.0", "layer2", "stem", "head"
    FeatureShape shape;  // of what it shows
    QRectF box;
    QRectF picture;  // where its map or vector goes; null: it shows none

    bool covers(StepId id) const { return first <= id && id <= last; }
    // The group that a double click opens; none for single steps.
    std::optional<Group> group() const;
    bool isSame(const DiagramNode& other) const {
        return kind == other.kind && step == other.step && stage == other.stage && unit == other.unit;
    }
};

// A way the data takes from one node to the next, along a polyline of horizontal and vertical pieces.
struct DiagramEdge {
    int from = -1;
    int to = -1;
    StepId carries = inputStep;  // the step whose output flows here
    Way way{};                   // MainPath, Shortcut or Sum
    bool isProjection = false;
    QPolygonF points;
    int unit = -1;  // of a small arc on a stage's block: which of its units it stands for
};

enum class LabelRole { Title, Name, Detail, MainPath, MainPathTag, Shortcut, ShortcutTag };

// A text and the room it has for itself: rooms of one layout never overlap.
struct DiagramLabel {
    QString text;
    QRectF room;
    LabelRole role{};
    Qt::Alignment alignment = Qt::AlignCenter;
    int node = -1;           // the node it describes, if one
    int edge = -1;           // or the edge
    QString shortText = {};  // for where the text has no room; empty: none
};

// The outline around an opened group.
struct DiagramFrame {
    Group group;
    StepId first = 0;
    StepId last = 0;
    QRectF box;
};

// A drawing as plain values.
struct DiagramLayout {
    QRectF bounds;
    double lineScale = 0.75;    // of the lines' widths in Theme
    double cornerRadius = 5.0;  // of edges
    QString changedShortcut;    // what shortcuts that change x are: "1×1 projection"
    QString sum;                // what a sum is, and what follows it
    std::vector<DiagramNode> nodes;
    std::vector<DiagramEdge> edges;
    std::vector<DiagramLabel> labels;
    std::vector<DiagramFrame> frames;

    // The node that shows a step: the step itself, or the smallest block around it.
    const DiagramNode* nodeOf(StepId step) const;
    const DiagramNode* nodeAt(const QPointF& point) const;
    const DiagramFrame* frameAt(const QPointF& point) const;
    // The edge that passes within `reach` of a point.
    const DiagramEdge* edgeAt(const QPointF& point, double reach) const;

    // Takes over another drawing's parts, moved by `offset`; returns the index its first node has now.
    int append(const DiagramLayout& part, const QPointF& offset);
};

struct LayoutOptions {
    double rowWidth = 0.0;           // fold the river into rows about this wide; 0: one row
    std::optional<int> stage;        // only this one
    double heightScale = 1.0;        // of the blocks, to fill a high place
    bool areShapesPerStage = false;  // for small drawings: one shape per stage instead of one per unit
};

// The shape of what an edge carries, beside its line at `middle`: above it the size of the maps, below it
// their number.
void addEdgeShape(DiagramLayout& layout, const Graph& graph, int edge, const QPointF& middle);
// The length of an edge that has room for that.
double edgeShapeWidth(const FeatureShape& shape);

// The room that everything in a drawing takes.
QRectF extentOf(const DiagramLayout& layout);

// The network as one river from left to right, folded into rows if asked to.
DiagramLayout layoutDiagram(const Graph& graph, const OpenNodes& open, const LayoutOptions& options = {});

// Says in the layout what the shortcuts and sums of this network are.
void nameWays(DiagramLayout& layout, const Graph& graph);
// What stands on the shortcut of an open unit: "shortcut x", or what is made of x there.
QString shortcutTag(const ResidualUnit& unit);

// An unfolded drawing for a place on the screen: blocks as high as there is room,
// shapes as dense as can be read.
LayoutOptions riverFor(const Graph& graph, const OpenNodes& open, const QSizeF& place);

// The row width whose folded drawing fills a sheet of this aspect (width over height) best.
LayoutOptions foldedFor(const Graph& graph, const OpenNodes& open, double aspect,
                        std::optional<int> stage = {});

// "28×28×128" without spaces, for places where room is short; "512" for a vector.
QString compactShape(const FeatureShape& shape);
// "conv 3×3", "conv 3×3 / 2", "batch norm", "max pool / 2", "avg pool".
QString shortKind(const Step& step);
// "conv", "1×1", "norm", "pool"; empty if there is nothing shorter.
QString briefestKind(const Step& step);
// The label of a step's node: its kind, the briefest where room is short.
DiagramLabel kindLabel(const Step& step, const QRectF& room, int node);
// A block's log-like scale: its height tells the side of the maps, its width their number.
double blockHeight(const FeatureShape& shape);
double blockWidth(const FeatureShape& shape);

}  // namespace resnet::ui
