#include "ui/drawing/DiagramLayout.h"

#include "ui/Words.h"

#include <algorithm>
#include <cmath>

namespace resnet::ui {

std::optional<Group> DiagramNode::group() const {
    switch (kind) {
        case NodeKind::Stem:
            return Group{Group::Kind::Stem};
        case NodeKind::Head:
            return Group{Group::Kind::Head};
        case NodeKind::Stage:
            return Group{Group::Kind::Stage, stage, -1};
        case NodeKind::Unit:
            return Group{Group::Kind::Unit, stage, unit};
        default:
            return std::nullopt;
    }
}

const DiagramNode* DiagramLayout::nodeOf(StepId step) const {
    const DiagramNode* best = nullptr;
    for (const DiagramNode& node : nodes)
        if (node.covers(step) && (!best || node.last - node.first < best->last - best->first))
            best = &node;
    return best;
}

const DiagramNode* DiagramLayout::nodeAt(const QPointF& point) const {
    for (const DiagramNode& node : nodes)
        if (node.box.adjusted(-2, -2, 2, 2).contains(point))
            return &node;
    return nullptr;
}

const DiagramFrame* DiagramLayout::frameAt(const QPointF& point) const {
    for (const DiagramFrame& frame : frames)
        if (frame.box.contains(point))
            return &frame;
    return nullptr;
}

const DiagramEdge* DiagramLayout::edgeAt(const QPointF& point, double reach) const {
    for (const DiagramEdge& edge : edges)
        for (qsizetype i = 1; i < edge.points.size(); ++i)
            if (QRectF(edge.points[i - 1], edge.points[i])
                    .normalized()
                    .adjusted(-reach, -reach, reach, reach)
                    .contains(point))
                return &edge;
    return nullptr;
}

int DiagramLayout::append(const DiagramLayout& part, const QPointF& offset) {
    const int base = int(nodes.size());
    const int edgeBase = int(edges.size());
    for (DiagramNode node : part.nodes) {
        node.box.translate(offset);
        node.picture.translate(offset);
        nodes.push_back(std::move(node));
    }
    for (DiagramEdge edge : part.edges) {
        edge.points.translate(offset);
        edge.from = edge.from < 0 ? -1 : edge.from + base;
        edge.to = edge.to < 0 ? -1 : edge.to + base;
        edges.push_back(std::move(edge));
    }
    for (DiagramLabel label : part.labels) {
        label.room.translate(offset);
        label.node = label.node < 0 ? -1 : label.node + base;
        label.edge = label.edge < 0 ? -1 : label.edge + edgeBase;
        labels.push_back(std::move(label));
    }
    for (DiagramFrame frame : part.frames) {
        frame.box.translate(offset);
        frames.push_back(frame);
    }
    bounds = bounds.united(part.bounds.translated(offset));
    return base;
}

double edgeShapeWidth(const FeatureShape& shape) {
    constexpr double digit = 6.4;
    constexpr double beside = 8.0;
    const auto size = QStringLiteral("%1×%2").arg(shape.height).arg(shape.width).size();
    const auto count = QString::number(shape.channels).size();
    return beside + digit * double(shape.isVector() ? count : std::max(size, count));
}

void addEdgeShape(DiagramLayout& layout, const Graph& graph, int edge, const QPointF& middle) {
    constexpr double height = 13.0;
    constexpr double fromLine = 2.5;
    const FeatureShape& shape = graph.outputShape(layout.edges[std::size_t(edge)].carries);
    const double width = edgeShapeWidth(shape) - 1.0;
    const QRectF below(middle.x() - width / 2, middle.y() + fromLine, width, height);
    const auto add = [&](const QString& text, const QRectF& room) {
        layout.labels.push_back({text, room, LabelRole::Detail, Qt::AlignCenter, -1, edge});
    };
    if (!shape.isVector())
        add(QStringLiteral("%1×%2").arg(shape.height).arg(shape.width),
            below.translated(0, -height - 2 * fromLine));
    add(QString::number(shape.channels), below);
}

QRectF extentOf(const DiagramLayout& layout) {
    constexpr double halfLine = 2.0;
    QRectF extent;
    for (const DiagramNode& node : layout.nodes)
        extent = extent.united(node.box);
    for (const DiagramEdge& edge : layout.edges)
        extent = extent.united(edge.points.boundingRect().adjusted(0, -halfLine, 0, halfLine));
    for (const DiagramLabel& label : layout.labels)
        extent = extent.united(label.room);
    for (const DiagramFrame& frame : layout.frames)
        extent = extent.united(frame.box);
    return extent;
}

QString compactShape(const FeatureShape& shape) {
    if (shape.isVector())
        return QString::number(shape.channels);
    return QStringLiteral("%1×%2×%3").arg(shape.height).arg(shape.width).arg(shape.channels);
}

namespace {

QString text(std::string_view utf8) {
    return QString::fromUtf8(utf8.data(), qsizetype(utf8.size()));
}

}  // namespace

QString shortKind(const Step& step) {
    const StepKindInfo& kind = infoOf(step.kind);
    QString words = text(kind.shortName);
    if (kind.hasKernels())
        words += QStringLiteral(" %1×%1").arg(step.window.kernel);
    if (step.window.stride > 1)
        words += QStringLiteral(" / %1").arg(step.window.stride);
    return words;
}

QString briefestKind(const Step& step) {
    const StepKindInfo& kind = infoOf(step.kind);
    return kind.hasKernels() && step.window.kernel == 1 ? QStringLiteral("1×1") : text(kind.briefestName);
}

DiagramLabel kindLabel(const Step& step, const QRectF& room, int node) {
    DiagramLabel label{shortKind(step), room, LabelRole::Name, Qt::AlignCenter, node};
    label.shortText = briefestKind(step);
    return label;
}

double blockHeight(const FeatureShape& shape) {
    return std::max(26.0, 26.0 * std::log2(std::sqrt(double(shape.height) * shape.width)) - 23.0);
}

double blockWidth(const FeatureShape& shape) {
    return std::max(20.0, 5.0 * std::log2(double(shape.channels)) - 5.0);
}

void nameWays(DiagramLayout& layout, const Graph& graph) {
    const auto& units = graph.units();
    const bool isPadded = std::ranges::any_of(units, &ResidualUnit::isPadded);
    const bool isRectified = std::ranges::any_of(
        units, [&](const ResidualUnit& unit) { return graph.reluAfterSum(unit).has_value(); });
    layout.changedShortcut =
        isPadded ? Words::tr("every second cell, new channels zero") : Words::tr("1×1 projection");
    layout.sum = isRectified ? Words::tr("sum F(x) + x, then ReLU") : Words::tr("sum F(x) + x");
}

QString shortcutTag(const ResidualUnit& unit) {
    return unit.changesX() ? Words::tr("shortcut: P(x)") : Words::tr("shortcut x");
}

}  // namespace resnet::ui
