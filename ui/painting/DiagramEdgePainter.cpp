#include "ui/drawing/EditedParts.h"
#include "ui/painting/ClassScope.h"
#include "ui/painting/DiagramPainter.h"

#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>

namespace resnet::ui {

namespace {

// A polyline of horizontal and vertical pieces with rounded corners.
QPainterPath roundedPath(const QPolygonF& points, double radius) {
    QPainterPath path(points.front());
    for (qsizetype i = 1; i + 1 < points.size(); ++i) {
        const QLineF in(points[i], points[i - 1]);
        const QLineF out(points[i], points[i + 1]);
        const double r = std::min({radius, in.length() / 2, out.length() / 2});
        if (r < 0.01)
            continue;
        path.lineTo(in.pointAt(r / in.length()));
        path.quadTo(points[i], out.pointAt(r / out.length()));
    }
    path.lineTo(points.back());
    return path;
}

QColor colorOf(Way way, const Theme& theme) {
    return way == Way::Shortcut ? theme.shortcut : way == Way::Sum ? theme.ink : theme.mainPath;
}

}  // namespace

double highestNorm(const DiagramLayout& layout, const DiagramContent& content) {
    if (content.highestNorm > 0.0)
        return content.highestNorm;
    double highest = 0.0;
    for (const DiagramEdge& edge : layout.edges)
        if (edge.carries >= 0 && std::size_t(edge.carries) < content.norms.size())
            highest = std::max(highest, content.norms[std::size_t(edge.carries)]);
    return highest;
}

double normWidth(double share) {
    return 1.0 + 6.0 * std::sqrt(std::clamp(share, 0.0, 1.0));
}

double edgeWidth(const DiagramEdge& edge, const DiagramLayout& layout, const DiagramContent& content,
                 double highest, double normZoom) {
    if (highest > 0.0 && edge.carries >= 0 && std::size_t(edge.carries) < content.norms.size())
        return normWidth(content.norms[std::size_t(edge.carries)] / highest) / normZoom;
    return (edge.way == Way::Shortcut ? Theme::shortcutWidth : Theme::mainPathWidth) * layout.lineScale;
}

void paintEdges(QPainter& painter, const DiagramLayout& layout, const DiagramContent& content,
                const Theme& theme, const DiagramPaintOptions& options) {
    const double highest = highestNorm(layout, content);
    const double normZoom = options.normZoom > 0.0 ? options.normZoom : options.zoom;
    painter.setBrush(Qt::NoBrush);
    for (const DiagramEdge& edge : layout.edges) {
        if (edge.points.size() < 2 || !isVisible(edge.points.boundingRect(), options))
            continue;
        const DiagramNode& from = layout.nodes[std::size_t(edge.from)];
        const DiagramNode& to = layout.nodes[std::size_t(edge.to)];
        const GroupScope group(
            painter, from.name + QStringLiteral("--") + to.name,
            from.name + QStringLiteral(" → ") + to.name + QStringLiteral(", ") + compactShape(from.shape));
        const double least = highest > 0.0 ? 0.0 : (edge.way == Way::Shortcut ? 1.5 : 1.0) / options.zoom;
        QPen pen(colorOf(edge.way, theme),
                 std::max(edgeWidth(edge, layout, content, highest, normZoom), least));
        pen.setCapStyle(Qt::FlatCap);
        if (edge.isProjection)
            pen.setDashPattern(projectionDashes);
        const QPainterPath path = roundedPath(edge.points, layout.cornerRadius);
        const bool isHollow = gainOf(layout, edge, content.edits) == 0.0f;
        if (isHollow)
            pen.setWidthF((2 * hollowSide + hollowGap) * std::max(1.0, 1.0 / options.zoom));
        painter.setPen(pen);
        painter.drawPath(path);
        if (!isHollow)
            continue;
        QPen inner(theme.panel, hollowGap * std::max(1.0, 1.0 / options.zoom));
        inner.setCapStyle(Qt::FlatCap);
        painter.setPen(inner);
        painter.drawPath(path);
    }
}

}  // namespace resnet::ui
