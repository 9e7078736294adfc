#pragma once

#include "ui/drawing/RiverPiece.h"

#include <QStringList>

namespace resnet::ui {

// What pieces of the river are put together from. Nodes are told by their index in the piece.

inline constexpr double stepBox = 52.0;
inline constexpr double labelHeight = 17.0;
inline constexpr double kindHeight = 23.0;  // readable with all steps in a window of 1920 x 1080
inline constexpr double plusRadius = 5.5;
inline constexpr double forkGap = 4.0;

// Where a block shows a map: all of it, since its height and width tell the size of the maps and their
// number.
QRectF pictureIn(const QRectF& box);
// The largest of the map's shape in the middle of a place.
QRectF mapIn(const QRectF& room, const FeatureShape& shape);

// A block that stands for some steps; its box is still to be set.
DiagramNode blockNode(NodeKind kind, std::span<const Step> steps);
// One step with its kind below; `left` is the middle of its left side.
int addStep(RiverPiece& piece, const Graph& graph, StepId id, const QPointF& left);
// The circle with a plus, on the main path.
int addSum(RiverPiece& piece, const Graph& graph, const ResidualUnit& unit, double centre);

// The edge from the piece before to the entry.
void addEntry(RiverPiece& piece, const Graph& graph);
// A straight edge; returns its index.
int connect(RiverPiece& piece, int from, int to, StepId carries, Way way);
// The same with the shape of what it carries.
void connectWithShape(RiverPiece& piece, const Graph& graph, int from, int to, StepId carries, Way way);
// Where the shortcut leaves the main path.
struct Fork {
    int node = -1;  // after which; -1: before the first
    StepId step = inputStep;
    double x = 0.0;
};

// The shortcut: from the fork up to `top`, along through the nodes that stand on it, and down into the sum.
// Returns its last edge.
int addShortcut(RiverPiece& piece, const ResidualUnit& unit, const Fork& fork, int sum, double top,
                const std::vector<int>& onTheWay = {});

void addLabelsBelow(RiverPiece& piece, int node, const QStringList& lines, double left, double width);
// The outline around everything in the piece up to `right`, which ends the piece.
void addFrame(RiverPiece& piece, const Group& group, StepId first, StepId last, double right,
              const QString& title);

}  // namespace resnet::ui
