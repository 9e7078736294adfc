#include "ui/diagram/RiverPiece.h"

#include <algorithm>
#include <cmath>

namespace resnet::ui {

namespace {

constexpr double stepBox = 52.0;
constexpr double stepGap = 20.0;
constexpr double labelHeight = 17.0;
constexpr double plusRadius = 5.5;
constexpr double forkGap = 4.0;
constexpr double framePadding = 10.0;

constexpr int mostCells = 8;

// Cells for feature maps inside a block: as many rows of `columns` as fit, spread over its height.
std::vector<QRectF> cells(const QRectF& box, const FeatureShape& shape, int columns) {
    constexpr double margin = 3.0;
    constexpr double gap = 2.0;
    const QRectF inner = box.adjusted(margin, margin, -margin, -margin);
    double width = (inner.width() - gap * (columns - 1)) / columns;
    double height = shape.isVector() ? width : width * shape.height / shape.width;
    if (height > inner.height()) {
        width *= inner.height() / height;
        height = inner.height();
    }
    const int fitting = std::max(1, int((inner.height() + gap) / (height + gap)));
    const int rows = std::min(fitting, std::max(1, mostCells / columns));
    const double pitch = rows == fitting && rows > 1
                             ? std::min((inner.height() - height) / (rows - 1), height + 6.0)
                             : height + gap;
    const double usedWidth = columns * (width + gap) - gap;
    const double usedHeight = (rows - 1) * pitch + height;
    std::vector<QRectF> result;
    for (int row = 0; row < rows; ++row)
        for (int column = 0; column < columns; ++column)
            result.emplace_back(inner.center().x() - usedWidth / 2 + column * (width + gap),
                                inner.center().y() - usedHeight / 2 + row * pitch, width, height);
    return result;
}

class PieceBuilder {
public:
    PieceBuilder(const Graph& graph, const LayoutOptions& options) : m_graph(graph), m_options(options) {}

    // What enters: the image, or the output of a step.
    RiverPiece source(StepId id) const {
        const FeatureShape& shape = m_graph.outputShape(id);
        const double longer = std::max(shape.height, shape.width);
        const double width = 52.0 * shape.width / longer;
        const double height = 52.0 * shape.height / longer;
        RiverPiece piece;
        piece.title = id == inputStep ? QStringLiteral("Input") : QStringLiteral("x");
        piece.width = 60.0;
        DiagramNode node;
        node.kind = id == inputStep ? NodeKind::Image : NodeKind::Step;
        node.step = node.first = node.last = id;
        node.way = Way::Stem;
        node.name = QString::fromStdString(m_graph.stepName(id));
        node.shape = shape;
        node.box = QRectF(29.0 - width / 2, -height / 2, width, height);
        node.pictures = {node.box.adjusted(2, 2, -2, -2)};
        piece.part.nodes.push_back(node);
        labelBelow(piece, 0, {compactShape(shape)}, -3.0, 64.0);
        return piece;
    }

    RiverPiece stem(bool isOpen) const {
        RiverPiece piece = isOpen ? chain(Group{Group::Kind::Stem}, 0, 3) : block(NodeKind::Stem, 0, 3);
        piece.title = QStringLiteral("Stem");
        return piece;
    }

    RiverPiece head(bool isOpen) const {
        const StepId first = m_graph.stepCount() - 3;
        const StepId last = m_graph.softmaxStep();
        RiverPiece piece =
            isOpen ? chain(Group{Group::Kind::Head}, first, last) : block(NodeKind::Head, first, last);
        piece.title = QStringLiteral("Head");
        return piece;
    }

    // A whole stage as one block, with one small arc a unit.
    RiverPiece stage(int index) const {
        const ResidualUnit& first = *m_graph.unit(index, 0);
        const int units = m_graph.spec().unitsPerStage[std::size_t(index)];
        const ResidualUnit& last = *m_graph.unit(index, units - 1);
        const FeatureShape& shape = m_graph.step(last.last()).output;
        const double width = std::max(1.8 * blockWidth(shape), 10.0 * units);
        const double height = m_options.heightScale * blockHeight(shape);
        constexpr double lead = 84.0;  // room for the shape on the edge

        RiverPiece piece;
        piece.stage = index;
        piece.width = lead + width;
        DiagramNode node = blockNode(NodeKind::Stage, first.first(), last.last());
        node.stage = index;
        node.name = QStringLiteral("layer%1").arg(index + 1);
        node.box = QRectF(lead, -height / 2, width, height);
        node.pictures = cells(node.box, shape, std::max(2, int(width / 34.0)));
        piece.part.nodes.push_back(node);
        enter(piece);
        labelOnEdge(piece, m_graph.outputShape(first.input), lead);
        if (m_graph.spec().shortcuts)
            for (int i = 0; i < units; ++i)
                smallArc(piece, *m_graph.unit(index, i), node.box.left() + width * i / units, width / units);
        const QString count = units == 1 ? QStringLiteral("1 unit") : QStringLiteral("%1 units").arg(units);
        labelBelow(piece, 0, {count}, lead, width);
        return piece;
    }

    // A unit as one block, with its shortcut leaping over it into the sum.
    RiverPiece unit(const ResidualUnit& unit) const {
        const FeatureShape& shape = m_graph.step(unit.last()).output;
        const double width = blockWidth(shape);
        const double height = m_options.heightScale * blockHeight(shape);
        const double lead = unit.add ? forkGap + 6.0 : 14.0;
        RiverPiece piece;
        piece.stage = unit.stage;
        DiagramNode node = blockNode(NodeKind::Unit, unit.first(), unit.last());
        node.stage = unit.stage;
        node.unit = unit.unit;
        node.name = QString::fromStdString(unit.name);
        node.box = QRectF(lead, -height / 2, width, height);
        node.pictures = cells(node.box, shape, 1);
        piece.part.nodes.push_back(node);
        enter(piece);
        piece.width = lead + width;
        if (unit.add) {
            const int sum = addSum(piece, unit, piece.width + 4.0 + plusRadius);
            connect(piece, 0, sum, unit.bn2, Way::MainPath);
            shortcutArc(piece, unit, sum, -height / 2 - 16.0, {});
            piece.width += 4.0 + 2 * plusRadius;
            piece.exit = sum;
        }
        const QStringList lines =
            shape.isVector() ? QStringList{QString::number(shape.channels)}
                             : QStringList{QStringLiteral("%1×%2").arg(shape.height).arg(shape.width),
                                           QString::number(shape.channels)};
        if (m_options.areShapesPerStage)
            piece.shape = compactShape(shape);
        else
            labelBelow(piece, 0, lines, node.box.center().x() - piece.width / 2, piece.width);
        return piece;
    }

    // A unit opened to its steps inside a frame; the projection's steps stand on the shortcut.
    RiverPiece openUnit(const ResidualUnit& unit) const {
        const Group group{Group::Kind::Unit, unit.stage, unit.unit};
        constexpr double lead = 34.0;  // frame edge, fork
        RiverPiece piece;
        piece.stage = unit.stage;
        double x = lead;
        for (const StepId id : {unit.conv1, unit.bn1, unit.relu1, unit.conv2, unit.bn2})
            x = addStep(piece, id, x, 0.0) + stepGap;
        enter(piece);
        for (int i = 1; i < 5; ++i)
            connect(piece, i - 1, i, piece.part.nodes[std::size_t(i - 1)].step, Way::MainPath);
        int before = 4;
        double arcTop = -stepBox / 2 - 22.0;
        if (unit.add) {
            const int sum = addSum(piece, unit, x + 10.0);
            connect(piece, 4, sum, unit.bn2, Way::MainPath);
            std::vector<int> onTheWay;
            if (unit.hasProjection()) {
                arcTop = -stepBox / 2 - 28.0 - labelHeight * 2 - stepBox / 2;
                double left = lead + stepBox + stepGap;
                for (const StepId id : {*unit.projection, *unit.projectionNorm}) {
                    onTheWay.push_back(int(piece.part.nodes.size()));
                    left = addStep(piece, id, left, arcTop) + stepGap + 24.0;
                }
            }
            shortcutArc(piece, unit, sum, arcTop, onTheWay);
            before = sum;
            x += 20.0 + stepGap;
        }
        piece.exit = int(piece.part.nodes.size());
        x = addStep(piece, unit.relu2, x, 0.0);
        connect(piece, before, piece.exit, unit.add.value_or(unit.bn2), unit.add ? Way::Sum : Way::MainPath);
        frame(piece, group, unit.first(), unit.last(), x, QString::fromStdString(unit.name));
        return piece;
    }

private:
    // Steps one after the other inside a frame.
    RiverPiece chain(const Group& group, StepId first, StepId last) const {
        RiverPiece piece;
        double x = 26.0;
        for (StepId id = first; id <= last; ++id) {
            x = addStep(piece, id, x, 0.0);
            if (id == first)
                enter(piece);
            else
                connect(piece, id - first - 1, id - first, id - 1, Way::MainPath);
            x += stepGap;
        }
        piece.exit = last - first;
        frame(piece, group, first, last, x - stepGap, {});
        return piece;
    }

    // Stem or head as one block.
    RiverPiece block(NodeKind kind, StepId first, StepId last) const {
        RiverPiece piece;
        DiagramNode node = blockNode(kind, first, last);
        const bool isHead = kind == NodeKind::Head;
        const FeatureShape& shape = m_graph.step(last).output;
        const double width = isHead ? 48.0 : blockWidth(shape) + 4.0;
        const double height = isHead ? 64.0 : m_options.heightScale * blockHeight(shape);
        const double lead = isHead ? 30.0 : 16.0;
        node.name = isHead ? QStringLiteral("head") : QStringLiteral("stem");
        node.way = isHead ? Way::Head : Way::Stem;
        node.box = QRectF(lead, -height / 2, width, height);
        node.pictures =
            isHead ? std::vector<QRectF>{node.box.adjusted(5, 5, -5, -5)} : cells(node.box, shape, 1);
        piece.width = lead + width + (isHead ? 10.0 : 14.0);
        piece.part.nodes.push_back(node);
        enter(piece);
        const QStringList lines =
            isHead ? QStringList{QStringLiteral("%1 → %2")
                                     .arg(m_graph.step(first).output.channels)
                                     .arg(shape.channels)}
                   : QStringList{QStringLiteral("%1×%2").arg(shape.height).arg(shape.width),
                                 QString::number(shape.channels)};
        if (isHead || !m_options.areShapesPerStage)
            labelBelow(piece, 0, lines, node.box.center().x() - (width + 22.0) / 2, width + 22.0);
        return piece;
    }

    DiagramNode blockNode(NodeKind kind, StepId first, StepId last) const {
        DiagramNode node;
        node.kind = kind;
        node.way = Way::MainPath;
        node.first = first;
        node.last = node.step = last;
        node.shape = m_graph.step(last).output;
        return node;
    }

    // Returns its right edge.
    double addStep(RiverPiece& piece, StepId id, double x, double y) const {
        const Step& step = m_graph.step(id);
        DiagramNode node;
        node.kind = NodeKind::Step;
        node.step = node.first = node.last = id;
        node.stage = step.stage;
        node.unit = step.unit;
        node.way = step.way;
        node.name = QString::fromStdString(step.name);
        node.shape = step.output;
        node.box = QRectF(x, y - stepBox / 2, stepBox, stepBox);
        node.pictures = cells(node.box.adjusted(1, 1, -1, -1), step.output, 1);
        piece.part.nodes.push_back(node);
        const double width = stepBox + stepGap;
        const int index = int(piece.part.nodes.size()) - 1;
        DiagramLabel label{shortKind(step),
                           QRectF(x - stepGap / 2, node.box.bottom() + 3, width, labelHeight),
                           LabelRole::Name, Qt::AlignCenter, index};
        piece.part.labels.push_back(label);
        label.text = compactShape(step.output);
        label.role = LabelRole::Detail;
        label.room.translate(0, labelHeight);
        piece.part.labels.push_back(label);
        return x + stepBox;
    }

    int addSum(RiverPiece& piece, const ResidualUnit& unit, double centre) const {
        DiagramNode node;
        node.kind = NodeKind::Sum;
        node.step = node.first = node.last = *unit.add;
        node.stage = unit.stage;
        node.unit = unit.unit;
        node.way = Way::Sum;
        node.name = QString::fromStdString(m_graph.stepName(*unit.add));
        node.shape = m_graph.outputShape(*unit.add);
        node.box = QRectF(centre - plusRadius, -plusRadius, 2 * plusRadius, 2 * plusRadius);
        piece.part.nodes.push_back(node);
        return int(piece.part.nodes.size()) - 1;
    }

    void enter(RiverPiece& piece) const {
        const DiagramNode& entry = piece.part.nodes[std::size_t(piece.entry)];
        const StepId carried =
            entry.first == inputStep ? inputStep : m_graph.step(entry.first).inputs.front();
        piece.part.edges.push_back({-1, piece.entry, carried, Way::MainPath, false,
                                    QPolygonF{{QPointF(0, 0), QPointF(entry.box.left(), 0)}}});
    }

    void connect(RiverPiece& piece, int from, int to, StepId carries, Way way) const {
        const QRectF& a = piece.part.nodes[std::size_t(from)].box;
        const QRectF& b = piece.part.nodes[std::size_t(to)].box;
        piece.part.edges.push_back(
            {from, to, carries, way, false,
             QPolygonF{{QPointF(a.right(), a.center().y()), QPointF(b.left(), b.center().y())}}});
    }

    // From the fork before the unit up, over it, through the projection's steps, and down into the sum.
    void shortcutArc(RiverPiece& piece, const ResidualUnit& unit, int sum, double top,
                     const std::vector<int>& onTheWay) const {
        const QRectF landing = piece.part.nodes[std::size_t(sum)].box;
        const double forkX = onTheWay.empty() && piece.part.nodes.size() < 3 ? forkGap : 22.0;
        QPolygonF points{{QPointF(forkX, 0), QPointF(forkX, top)}};
        const bool isProjection = unit.hasProjection();
        int from = -1;
        StepId carries = unit.input;
        for (const int index : onTheWay) {
            const DiagramNode& node = piece.part.nodes[std::size_t(index)];
            points << QPointF(node.box.left(), top);
            piece.part.edges.push_back({from, index, carries, Way::Shortcut, true, points});
            from = index;
            carries = node.step;
            points = QPolygonF{{QPointF(node.box.right(), top)}};
        }
        const double arcLeft = points.back().x();
        points << QPointF(landing.center().x(), top) << QPointF(landing.center().x(), landing.top());
        piece.part.edges.push_back({from, sum, carries, Way::Shortcut, isProjection, points});
        if (isProjection && onTheWay.empty()) {
            const double middle = (arcLeft + landing.center().x()) / 2;
            piece.part.labels.push_back({QStringLiteral("1×1"), QRectF(middle - 14, top - 9, 28, 18),
                                         LabelRole::ShortcutTag, Qt::AlignCenter, -1});
        }
    }

    void smallArc(RiverPiece& piece, const ResidualUnit& unit, double x, double width) const {
        const double top = piece.part.nodes.front().box.top();
        piece.part.edges.push_back(
            {0, 0, unit.input, Way::Shortcut, unit.hasProjection(),
             QPolygonF{{QPointF(x + 1, top), QPointF(x + 1, top - 11), QPointF(x + width - 1, top - 11),
                        QPointF(x + width - 1, top)}}});
    }

    void labelBelow(RiverPiece& piece, int node, const QStringList& lines, double left, double width) const {
        double y = piece.part.nodes[std::size_t(node)].box.bottom() + 4;
        for (const QString& line : lines) {
            piece.part.labels.push_back(
                {line, QRectF(left, y, width, labelHeight), LabelRole::Detail, Qt::AlignCenter, node});
            y += labelHeight;
        }
    }

    void labelOnEdge(RiverPiece& piece, const FeatureShape& shape, double width) const {
        piece.part.labels.push_back({compactShape(shape), QRectF(2, -labelHeight - 4, width - 4, labelHeight),
                                     LabelRole::Detail, Qt::AlignCenter, -1});
    }

    void frame(RiverPiece& piece, const Group& group, StepId first, StepId last, double right,
               const QString& title) const {
        QRectF box;
        for (const DiagramNode& node : piece.part.nodes)
            box = box.united(node.box);
        for (const DiagramLabel& label : piece.part.labels)
            box = box.united(label.room);
        for (const DiagramEdge& edge : piece.part.edges)
            box = box.united(edge.points.boundingRect());
        box.setLeft(10.0);
        box.setRight(right + framePadding + 4.0);
        box.adjust(0, title.isEmpty() ? -10 : -24, 0, 6);
        piece.part.frames.push_back({group, first, last, box});
        piece.width = box.right() + 2.0;
        if (title.isEmpty())
            return;
        piece.part.labels.push_back({title, QRectF(box.left() + 10, box.top() + 4, 150, 16), LabelRole::Name,
                                     Qt::AlignLeft | Qt::AlignVCenter, -1});
    }

    const Graph& m_graph;
    const LayoutOptions& m_options;
};

QRectF extent(const DiagramLayout& part) {
    QRectF box;
    for (const DiagramNode& node : part.nodes)
        box = box.united(node.box);
    for (const DiagramEdge& edge : part.edges)
        box = box.united(edge.points.boundingRect().adjusted(0, -2, 0, 2));
    for (const DiagramLabel& label : part.labels)
        box = box.united(label.room);
    for (const DiagramFrame& frame : part.frames)
        box = box.united(frame.box);
    return box;
}

}  // namespace

std::vector<RiverPiece> riverPieces(const Graph& graph, const OpenNodes& open, const LayoutOptions& options) {
    const PieceBuilder builder(graph, options);
    const std::optional<int> only = options.stage;
    std::vector<RiverPiece> pieces;
    if (only)
        pieces = {builder.source(graph.unit(*only, 0)->input)};
    else
        pieces = {builder.source(inputStep), builder.stem(open.contains({Group::Kind::Stem}))};
    for (int stage = 0; stage < graph.spec().stageCount(); ++stage) {
        if (only && stage != *only)
            continue;
        if (!open.contains({Group::Kind::Stage, stage, -1})) {
            pieces.push_back(builder.stage(stage));
            continue;
        }
        for (int unit = 0; unit < graph.spec().unitsPerStage[std::size_t(stage)]; ++unit) {
            const ResidualUnit& made = *graph.unit(stage, unit);
            pieces.push_back(open.isUnitOpen(stage, unit) ? builder.openUnit(made) : builder.unit(made));
        }
    }
    if (!only)
        pieces.push_back(builder.head(open.contains({Group::Kind::Head})));
    for (RiverPiece& piece : pieces)
        piece.part.bounds = extent(piece.part);
    return pieces;
}

}  // namespace resnet::ui
