#include "ui/exports/MermaidWriter.h"

#include "ui/exports/GraphText.h"

namespace resnet::ui {

QByteArray mermaidOf(const Graph& graph, const DiagramLayout& layout, const QString& title,
                     const Theme& theme) {
    QString text = QStringLiteral("---\ntitle: \"%1\"\n---\nflowchart LR\n").arg(title);
    QString indent = QStringLiteral("  ");
    NestedNodes visitor;
    visitor.open = [&](const QString& id, const QString& name) {
        text += indent + QStringLiteral("subgraph %1[\"%2\"]\n").arg(id, name);
        indent += QStringLiteral("  ");
    };
    visitor.close = [&] {
        indent.chop(2);
        text += indent + QStringLiteral("end\n");
    };
    visitor.node = [&](const DiagramNode& node) {
        const NodeText said = nodeText(graph, node);
        const QString way = node.way == Way::Shortcut ? QStringLiteral("shortcut")
                            : node.way == Way::Sum    ? QStringLiteral("sum")
                                                      : QStringLiteral("main");
        text += indent + (node.kind == NodeKind::Sum
                              ? QStringLiteral("%1((\"#43;\")):::sum\n").arg(identifierOf(node))
                              : QStringLiteral("%1[\"%2<br/>%3\"]:::%4\n")
                                    .arg(identifierOf(node), said.title, said.shape, way));
    };
    visitNested(layout, visitor);
    QStringList shortcuts;
    int index = 0;
    for (const DiagramEdge& edge : layout.edges) {
        if (edge.from == edge.to)
            continue;
        const QString arrow = edge.isProjection           ? QStringLiteral("-.->")
                              : edge.way == Way::Shortcut ? QStringLiteral("==>")
                                                          : QStringLiteral("-->");
        text += QStringLiteral("  %1 %2|\"%3\"| %4\n")
                    .arg(identifierOf(layout.nodes[std::size_t(edge.from)]), arrow,
                         compactShape(graph.outputShape(edge.carries)),
                         identifierOf(layout.nodes[std::size_t(edge.to)]));
        if (edge.way == Way::Shortcut)
            shortcuts << QString::number(index);
        ++index;
    }
    const auto style = [&](const char* name, const QColor& line, const QColor& fill) {
        text += QStringLiteral("  classDef %1 stroke:%2,fill:%3,color:%4\n")
                    .arg(QLatin1String(name), line.name(), fill.name(), theme.ink.name());
    };
    style("main", theme.mainPath, theme.mainPathFill);
    style("shortcut", theme.shortcut, theme.shortcutFill);
    style("sum", theme.ink, theme.panel);
    if (!shortcuts.isEmpty())
        text += QStringLiteral("  linkStyle %1 stroke:%2,stroke-width:3px\n")
                    .arg(shortcuts.join(QLatin1Char(',')), theme.shortcut.name());
    return text.toUtf8();
}

}  // namespace resnet::ui
