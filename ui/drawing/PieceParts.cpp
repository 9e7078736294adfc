#include "ui/drawing/PieceParts.h"

#include <algorithm>

namespace resnet::ui {

QRectF pictureIn(const QRectF& box) {
    constexpr double margin = 3.0;
    return box.adjusted(margin, margin, -margin, -margin);
}

QRectF mapIn(const QRectF& room, const FeatureShape& shape) {
    if (shape.isVector())
        return room;
    const QSizeF size = QSizeF(shape.width, shape.height).scaled(room.size(), Qt::KeepAspectRatio);
    return {room.center() - QPointF(size.width(), size.height()) / 2, size};
}

DiagramNode blockNode(NodeKind kind, std::span<const Step> steps) {
    DiagramNode node;
    node.kind = kind;
    node.way = Way::MainPath;
    node.first = steps.front().id;
    node.last = node.step = steps.back().id;
    node.shape = steps.back().output;
    return node;
}

int addStep(RiverPiece& piece, const Graph& graph, StepId id, const QPointF& left) {
    constexpr double beside = 12.0;  // of the box, for its kind
    const Step& step = graph.step(id);
    DiagramNode node;
    node.kind = NodeKind::Step;
    node.step = node.first = node.last = id;
    node.stage = step.stage;
    node.unit = step.unit;
    node.way = step.way;
    node.name = QString::fromStdString(step.name);
    node.shape = step.output;
    node.box = QRectF(left.x(), left.y() - stepBox / 2, stepBox, stepBox);
    node.picture = mapIn(pictureIn(node.box.adjusted(1, 1, -1, -1)), step.output);
    const int index = int(piece.part.nodes.size());
    const QRectF room(left.x() - beside, node.box.bottom() + 3, stepBox + 2 * beside, kindHeight);
    piece.part.nodes.push_back(std::move(node));
    piece.part.labels.push_back(kindLabel(step, room, index));
    return index;
}

int addSum(RiverPiece& piece, const Graph& graph, const ResidualUnit& unit, double centre) {
    DiagramNode node;
    node.kind = NodeKind::Sum;
    node.step = node.first = node.last = *unit.add;
    node.stage = unit.stage;
    node.unit = unit.unit;
    node.way = Way::Sum;
    node.name = QString::fromStdString(graph.stepName(*unit.add));
    node.shape = graph.outputShape(*unit.add);
    node.box = QRectF(centre - plusRadius, -plusRadius, 2 * plusRadius, 2 * plusRadius);
    piece.part.nodes.push_back(std::move(node));
    return int(piece.part.nodes.size()) - 1;
}

void addEntry(RiverPiece& piece, const Graph& graph) {
    const DiagramNode& entry = piece.part.nodes[std::size_t(piece.entry)];
    const StepId carried = entry.first == inputStep ? inputStep : graph.step(entry.first).inputs.front();
    piece.part.edges.push_back({-1, piece.entry, carried, Way::MainPath, false,
                                QPolygonF{{QPointF(0, 0), QPointF(entry.box.left(), 0)}}});
}

int connect(RiverPiece& piece, int from, int to, StepId carries, Way way) {
    const QRectF& a = piece.part.nodes[std::size_t(from)].box;
    const QRectF& b = piece.part.nodes[std::size_t(to)].box;
    piece.part.edges.push_back(
        {from, to, carries, way, false,
         QPolygonF{{QPointF(a.right(), a.center().y()), QPointF(b.left(), b.center().y())}}});
    return int(piece.part.edges.size()) - 1;
}

void connectWithShape(RiverPiece& piece, const Graph& graph, int from, int to, StepId carries, Way way) {
    const int edge = connect(piece, from, to, carries, way);
    addEdgeShape(piece.part, graph, edge, piece.part.edges[std::size_t(edge)].points.boundingRect().center());
}

int addShortcut(RiverPiece& piece, const ResidualUnit& unit, const Fork& fork, int sum, double top,
                const std::vector<int>& onTheWay) {
    const QRectF landing = piece.part.nodes[std::size_t(sum)].box;
    QPolygonF points{{QPointF(fork.x, 0), QPointF(fork.x, top)}};
    int from = fork.node;
    StepId carries = fork.step;
    for (const int index : onTheWay) {
        const DiagramNode& node = piece.part.nodes[std::size_t(index)];
        points << QPointF(node.box.left(), top);
        piece.part.edges.push_back({from, index, carries, Way::Shortcut, true, points});
        from = index;
        carries = node.step;
        points = QPolygonF{{QPointF(node.box.right(), top)}};
    }
    points << QPointF(landing.center().x(), top) << QPointF(landing.center().x(), landing.top());
    piece.part.edges.push_back({from, sum, carries, Way::Shortcut, unit.changesX(), points});
    return int(piece.part.edges.size()) - 1;
}

void addLabelsBelow(RiverPiece& piece, int node, const QStringList& lines, double left, double width) {
    double y = piece.part.nodes[std::size_t(node)].box.bottom() + 4;
    for (const QString& line : lines) {
        piece.part.labels.push_back(
            {line, QRectF(left, y, width, labelHeight), LabelRole::Detail, Qt::AlignCenter, node});
        y += labelHeight;
    }
}

void addFrame(RiverPiece& piece, const Group& group, StepId first, StepId last, double right,
              const QString& title) {
    constexpr double padding = 14.0;
    QRectF box = extentOf(piece.part);
    box.setLeft(10.0);
    box.setRight(right + padding);
    box.adjust(0, title.isEmpty() ? -10 : -33, 0, 6);
    piece.part.frames.push_back({group, first, last, box});
    piece.width = box.right() + 2.0;
    if (title.isEmpty())
        return;
    piece.part.labels.push_back({title, QRectF(box.left() + 10, box.top() + 3, 150, 22), LabelRole::Name,
                                 Qt::AlignLeft | Qt::AlignVCenter, -1});
}

}  // namespace resnet::ui
