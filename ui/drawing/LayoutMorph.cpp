#include "ui/drawing/LayoutMorph.h"

namespace resnet::ui {

namespace {

double mix(double a, double b, double t) {
    return a + (b - a) * t;
}

QPointF mix(const QPointF& a, const QPointF& b, double t) {
    return a + (b - a) * t;
}

QRectF mix(const QRectF& a, const QRectF& b, double t) {
    return {mix(a.topLeft(), b.topLeft(), t),
            QSizeF(mix(a.width(), b.width(), t), mix(a.height(), b.height(), t))};
}

// Maps a part of a box to the same part of another box.
QRectF carried(const QRectF& part, const QRectF& from, const QRectF& to) {
    if (from.width() <= 0.0 || from.height() <= 0.0)
        return to;
    const double sx = to.width() / from.width();
    const double sy = to.height() / from.height();
    return {to.left() + (part.left() - from.left()) * sx, to.top() + (part.top() - from.top()) * sy,
            part.width() * sx, part.height() * sy};
}

QRectF startOf(const DiagramLayout& from, const DiagramNode& node) {
    for (const DiagramNode& candidate : from.nodes)
        if (candidate.isSame(node))
            return candidate.box;
    const QRectF place = placeOf(from, node.first, node.last);
    return place.isNull() ? node.box : place;
}

const DiagramEdge* counterpart(const DiagramLayout& from, const DiagramLayout& to, const DiagramEdge& edge) {
    for (const DiagramEdge& candidate : from.edges)
        if (candidate.points.size() == edge.points.size() &&
            from.nodes[std::size_t(candidate.from)].isSame(to.nodes[std::size_t(edge.from)]) &&
            from.nodes[std::size_t(candidate.to)].isSame(to.nodes[std::size_t(edge.to)]))
            return &candidate;
    return nullptr;
}

}  // namespace

QRectF placeOf(const DiagramLayout& layout, StepId first, StepId last) {
    for (const DiagramNode& node : layout.nodes)
        if (node.first == first && node.last == last)
            return node.box;
    for (const DiagramFrame& frame : layout.frames)
        if (frame.first == first && frame.last == last)
            return frame.box;
    QRectF inside;
    const DiagramNode* around = nullptr;
    for (const DiagramNode& node : layout.nodes) {
        if (first <= node.first && node.last <= last)
            inside = inside.united(node.box);
        if (node.covers(first) && node.covers(last) && !around)
            around = &node;
    }
    return inside.isNull() && around ? around->box : inside;
}

DiagramLayout morphed(const DiagramLayout& from, const DiagramLayout& to, double t) {
    if (t >= 1.0)
        return to;
    DiagramLayout between = to;
    for (std::size_t i = 0; i < to.nodes.size(); ++i) {
        const QRectF box = mix(startOf(from, to.nodes[i]), to.nodes[i].box, t);
        QRectF& picture = between.nodes[i].picture;
        picture = carried(picture, to.nodes[i].box, box);
        between.nodes[i].box = box;
    }
    for (std::size_t i = 0; i < to.edges.size(); ++i) {
        const DiagramEdge& edge = to.edges[i];
        QPolygonF& points = between.edges[i].points;
        const DiagramEdge* start = counterpart(from, to, edge);
        const QPointF source = startOf(from, to.nodes[std::size_t(edge.from)]).center();
        const QPointF target = startOf(from, to.nodes[std::size_t(edge.to)]).center();
        for (qsizetype p = 0; p < points.size(); ++p)
            points[p] = mix(start ? start->points[p] : p * 2 < points.size() ? source : target, points[p], t);
    }
    for (DiagramFrame& frame : between.frames) {
        const QRectF place = placeOf(from, frame.first, frame.last);
        frame.box = mix(place.isNull() ? frame.box : place, frame.box, t);
    }
    between.bounds = mix(from.bounds, to.bounds, t);
    return between;
}

}  // namespace resnet::ui
