#include "ui/exports/DotWriter.h"

#include "ui/exports/GraphText.h"

namespace resnet::ui {

namespace {

QString colorOf(const DiagramNode& node, const Theme& theme) {
    return (node.way == Way::Shortcut ? theme.shortcut
            : node.way == Way::Sum    ? theme.ink
                                      : theme.mainPath)
        .name();
}

}  // namespace

QByteArray dotOf(const Graph& graph, const DiagramLayout& layout, const QString& title, const Theme& theme,
                 bool isTransparent) {
    QString text = QStringLiteral("digraph \"%1\" {\n").arg(title);
    text += QStringLiteral(
                "  graph [rankdir=LR, bgcolor=\"%1\", fontname=\"Inter\", fontcolor=\"%2\", nodesep=0.3]\n")
                .arg(isTransparent ? QStringLiteral("transparent") : theme.panel.name(), theme.ink.name());
    text +=
        QStringLiteral(
            "  node [shape=box, style=\"rounded,filled\", fontname=\"Inter\", fontsize=11, fontcolor=\"%1\", fillcolor=\"%2\"]\n")
            .arg(theme.ink.name(), theme.mainPathFill.name());
    text += QStringLiteral(
                "  edge [color=\"%1\", arrowsize=0.6, fontname=\"Inter\", fontsize=9, fontcolor=\"%2\"]\n")
                .arg(theme.mainPath.name(), theme.secondaryText.name());
    QString indent = QStringLiteral("  ");
    NestedNodes visitor;
    visitor.open = [&](const QString& id, const QString& name) {
        text += indent + QStringLiteral("subgraph \"cluster_%1\" {\n").arg(id);
        indent += QStringLiteral("  ");
        text += indent + QStringLiteral("label=\"%1\" color=\"%2\"\n").arg(name, theme.line.name());
    };
    visitor.close = [&] {
        indent.chop(2);
        text += indent + QStringLiteral("}\n");
    };
    visitor.node = [&](const DiagramNode& node) {
        const NodeText said = nodeText(graph, node);
        const QString label =
            said.shape.isEmpty() ? said.title : said.title + QStringLiteral("\\n") + said.shape;
        text += indent + QStringLiteral("\"%1\" [label=\"%2\", tooltip=\"%1\", color=\"%3\"%4]\n")
                             .arg(node.name, label, colorOf(node, theme),
                                  node.kind == NodeKind::Sum
                                      ? QStringLiteral(", shape=circle, width=0.3, fixedsize=true")
                                      : QString());
    };
    visitNested(layout, visitor);
    for (const DiagramEdge& edge : layout.edges) {
        if (edge.from == edge.to)
            continue;
        QString style = QStringLiteral("label=\"%1\"").arg(compactShape(graph.outputShape(edge.carries)));
        if (edge.way == Way::Shortcut)
            style += QStringLiteral(", color=\"%1\", penwidth=2.5").arg(theme.shortcut.name());
        if (edge.isProjection)
            style += QStringLiteral(", style=dashed");
        text += QStringLiteral("  \"%1\" -> \"%2\" [%3]\n")
                    .arg(layout.nodes[std::size_t(edge.from)].name, layout.nodes[std::size_t(edge.to)].name,
                         style);
    }
    return (text + QStringLiteral("}\n")).toUtf8();
}

}  // namespace resnet::ui
