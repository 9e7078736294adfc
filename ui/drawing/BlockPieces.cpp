#include "ui/Words.h"
#include "ui/drawing/PieceParts.h"

#include <algorithm>

namespace resnet::ui {

namespace {

void addSmallArc(RiverPiece& piece, const ResidualUnit& unit, double x, double width) {
    const double top = piece.part.nodes.front().box.top();
    piece.part.edges.push_back({0, 0, unit.input, Way::Shortcut, unit.changesX(),
                                QPolygonF{{QPointF(x + 1, top), QPointF(x + 1, top - 11),
                                           QPointF(x + width - 1, top - 11), QPointF(x + width - 1, top)}},
                                unit.unit});
}

// "28×28" and "128", one below the other.
QStringList shapeLines(const FeatureShape& shape) {
    if (shape.isVector())
        return {QString::number(shape.channels)};
    return {QStringLiteral("%1×%2").arg(shape.height).arg(shape.width), QString::number(shape.channels)};
}

constexpr double shapeLead = 84.0;  // before a block, with room for a shape on the edge to it

// "56×56×64" in one line above the edge that leads to the block.
void addShapeOnEntry(RiverPiece& piece, const Graph& graph) {
    const StepId carried = piece.part.edges.front().carries;
    piece.part.labels.push_back({compactShape(graph.outputShape(carried)),
                                 QRectF(2, -labelHeight - 4, shapeLead - 4, labelHeight), LabelRole::Detail,
                                 Qt::AlignCenter, -1, 0});
}

}  // namespace

RiverPiece sourcePiece(const Graph& graph, StepId source) {
    const FeatureShape& shape = graph.outputShape(source);
    const double longer = std::max(shape.height, shape.width);
    const double width = 52.0 * shape.width / longer;
    const double height = 52.0 * shape.height / longer;
    RiverPiece piece;
    piece.title = source == inputStep ? Words::tr("Input") : QStringLiteral("x");
    piece.width = 68.0;
    DiagramNode node;
    node.kind = source == inputStep ? NodeKind::Image : NodeKind::Step;
    node.step = node.first = node.last = source;
    node.way = Way::Stem;
    node.name = QString::fromStdString(graph.stepName(source));
    node.shape = shape;
    node.box = QRectF(piece.width / 2 - width / 2, -height / 2, width, height);
    node.picture = node.box.adjusted(2, 2, -2, -2);
    piece.part.nodes.push_back(std::move(node));
    addLabelsBelow(piece, 0, shapeLines(shape), 0.0, piece.width);
    return piece;
}

RiverPiece stemBlock(const Graph& graph, const LayoutOptions& options) {
    constexpr double lead = 16.0;
    RiverPiece piece;
    DiagramNode node = blockNode(NodeKind::Stem, graph.stem());
    const FeatureShape shape = node.shape;
    const double width = blockWidth(shape) + 4.0;
    const double height = options.heightScale * blockHeight(shape);
    node.way = Way::Stem;
    node.name = QStringLiteral("stem");
    node.box = QRectF(lead, -height / 2, width, height);
    node.picture = pictureIn(node.box);
    piece.width = lead + width + 14.0;
    piece.part.nodes.push_back(std::move(node));
    addEntry(piece, graph);
    if (!options.areShapesPerStage)
        addLabelsBelow(piece, 0, shapeLines(shape), lead - 11.0, width + 22.0);
    return piece;
}

RiverPiece headBlock(const Graph& graph, bool isAfterStageBlock) {
    const double lead = isAfterStageBlock ? shapeLead : 30.0;
    constexpr double width = 48.0;
    constexpr double height = 64.0;
    RiverPiece piece;
    DiagramNode node = blockNode(NodeKind::Head, graph.head());
    node.way = Way::Head;
    node.name = QStringLiteral("head");
    node.box = QRectF(lead, -height / 2, width, height);
    node.picture = node.box.adjusted(5, 5, -5, -5);
    piece.width = lead + width + 14.0;
    piece.part.nodes.push_back(std::move(node));
    addEntry(piece, graph);
    if (isAfterStageBlock)
        addShapeOnEntry(piece, graph);
    const QString line = QStringLiteral("%1 → %2")
                             .arg(graph.head().front().output.channels)
                             .arg(graph.head().back().output.channels);
    addLabelsBelow(piece, 0, {line}, lead - 14.0, width + 28.0);
    return piece;
}

RiverPiece stageBlock(const Graph& graph, int stage, const LayoutOptions& options) {
    const int units = int(graph.stage(stage).size());
    RiverPiece piece;
    DiagramNode node = blockNode(NodeKind::Stage, graph.stepsOfStage(stage));
    const FeatureShape shape = node.shape;
    const double width = std::max(1.8 * blockWidth(shape), 10.0 * units);
    const double height = options.heightScale * blockHeight(shape);
    piece.stage = node.stage = stage;
    constexpr double countWidth = 56.0;
    const double beside = std::max(0.0, (countWidth - width) / 2);
    piece.width = shapeLead + width + beside;
    node.name = QStringLiteral("layer%1").arg(stage + 1);
    node.box = QRectF(shapeLead, -height / 2, width, height);
    node.picture = pictureIn(node.box);
    piece.part.nodes.push_back(std::move(node));
    addEntry(piece, graph);
    addShapeOnEntry(piece, graph);
    for (const ResidualUnit& unit : graph.stage(stage))
        if (unit.hasAddition())
            addSmallArc(piece, unit, shapeLead + width * unit.unit / units, width / units);
    const QString count = units == 1 ? Words::tr("1 unit") : Words::tr("%1 units").arg(units);
    addLabelsBelow(piece, 0, {count}, shapeLead - beside, width + 2 * beside);
    return piece;
}

RiverPiece unitBlock(const Graph& graph, const ResidualUnit& unit, const LayoutOptions& options) {
    RiverPiece piece;
    DiagramNode node = blockNode(NodeKind::Unit, graph.stepsOf(unit));
    const FeatureShape shape = node.shape;
    const double width = blockWidth(shape);
    const double height = options.heightScale * blockHeight(shape);
    const double lead = unit.add ? forkGap + 6.0 : 14.0;
    piece.stage = node.stage = unit.stage;
    node.unit = unit.unit;
    node.name = QString::fromStdString(unit.name);
    node.box = QRectF(lead, -height / 2, width, height);
    node.picture = pictureIn(node.box);
    piece.part.nodes.push_back(std::move(node));
    addEntry(piece, graph);
    piece.width = lead + width;
    if (unit.add) {
        const int sum = addSum(piece, graph, unit, piece.width + 4.0 + plusRadius);
        connect(piece, 0, sum, unit.branchOutput(), Way::MainPath);
        const double top = -height / 2 - 16.0;
        addShortcut(piece, unit, {-1, unit.input, forkGap}, sum, top);
        if (unit.changesX())
            piece.part.labels.push_back(
                {briefestKind(graph.step(unit.shortcut.front())),
                 QRectF(forkGap + 2, top - 9, lead + width + plusRadius - forkGap, 18),
                 LabelRole::ShortcutTag, Qt::AlignCenter, -1});
        piece.width += 4.0 + 2 * plusRadius;
        piece.exit = sum;
    }
    if (options.areShapesPerStage)
        piece.shape = compactShape(shape);
    else
        addLabelsBelow(piece, 0, shapeLines(shape), lead + width / 2 - piece.width / 2, piece.width);
    return piece;
}

}  // namespace resnet::ui
