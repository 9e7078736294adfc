#pragma once

#include "ui/drawing/DiagramLayout.h"

#include <QString>
#include <QStringList>

#include <cmath>

namespace resnet::ui::test {

// What is wrong with a drawing: the first thing found, in words; empty if nothing is.

// A piece of a polyline as a thin rectangle; pieces are horizontal or vertical.
inline QRectF strip(const QPointF& a, const QPointF& b) {
    return QRectF(a, b).normalized().adjusted(-0.1, -0.1, 0.1, 0.1);
}

inline QString edgeThroughForeignNode(const DiagramLayout& layout) {
    for (const DiagramEdge& edge : layout.edges)
        for (qsizetype i = 1; i < edge.points.size(); ++i) {
            const QPointF a = edge.points[i - 1];
            const QPointF b = edge.points[i];
            if (std::abs(a.x() - b.x()) > 0.01 && std::abs(a.y() - b.y()) > 0.01)
                return QStringLiteral("slanted edge to ") + layout.nodes[std::size_t(edge.to)].name;
            for (std::size_t n = 0; n < layout.nodes.size(); ++n)
                if (int(n) != edge.from && int(n) != edge.to && layout.nodes[n].box.intersects(strip(a, b)))
                    return layout.nodes[std::size_t(edge.to)].name + QStringLiteral(" through ") +
                           layout.nodes[n].name;
        }
    return {};
}

inline QString overlappingLabels(const DiagramLayout& layout) {
    for (std::size_t i = 0; i < layout.labels.size(); ++i)
        for (std::size_t j = i + 1; j < layout.labels.size(); ++j)
            if (layout.labels[i].room.adjusted(0.1, 0.1, -0.1, -0.1).intersects(layout.labels[j].room))
                return layout.labels[i].text + QStringLiteral(" and ") + layout.labels[j].text;
    return {};
}

inline QString overlappingBoxes(const DiagramLayout& layout) {
    for (std::size_t i = 0; i < layout.nodes.size(); ++i)
        for (std::size_t j = i + 1; j < layout.nodes.size(); ++j)
            if (layout.nodes[i].box.intersects(layout.nodes[j].box))
                return layout.nodes[i].name + QStringLiteral(" and ") + layout.nodes[j].name;
    return {};
}

// Texts may stand in their own block, on edges, and nowhere else.
inline QString labelOnForeignBox(const DiagramLayout& layout) {
    for (const DiagramLabel& label : layout.labels)
        for (std::size_t n = 0; n < layout.nodes.size(); ++n)
            if (int(n) != label.node && layout.nodes[n].box.intersects(label.room))
                return label.text + QStringLiteral(" on ") + layout.nodes[n].name;
    return {};
}

inline QString outside(const DiagramLayout& layout) {
    const QRectF bounds = layout.bounds.adjusted(-0.1, -0.1, 0.1, 0.1);
    for (const DiagramNode& node : layout.nodes)
        if (!bounds.contains(node.box))
            return node.name;
    for (const DiagramLabel& label : layout.labels)
        if (!bounds.contains(label.room))
            return label.text;
    for (const DiagramEdge& edge : layout.edges)
        if (!bounds.contains(edge.points.boundingRect().adjusted(0, -0.05, 0, 0.05)))
            return QStringLiteral("edge to ") + layout.nodes[std::size_t(edge.to)].name;
    return {};
}

// The text of the labels of an edge, as one shape.
inline QString shapeOnEdge(const DiagramLayout& layout, std::size_t edge) {
    QStringList lines;
    for (const DiagramLabel& label : layout.labels)
        if (label.edge == int(edge))
            lines << label.text;
    return lines.join(QChar(0x00D7));
}

inline QString edgeWithoutItsShape(const Graph& graph, const DiagramLayout& layout) {
    for (std::size_t i = 0; i < layout.edges.size(); ++i) {
        const DiagramEdge& edge = layout.edges[i];
        if (shapeOnEdge(layout, i) != compactShape(graph.outputShape(edge.carries)))
            return layout.nodes[std::size_t(edge.from)].name + QStringLiteral(" to ") +
                   layout.nodes[std::size_t(edge.to)].name;
    }
    return {};
}

}  // namespace resnet::ui::test
