#include "ui/exports/DotWriter.h"

#include "ui/drawing/EditedParts.h"
#include "ui/exports/GraphText.h"
#include "ui/words/EditWords.h"

#include <set>

namespace resnet::ui {

namespace {

constexpr int mostInDotRow = 24;  // nodes, which dot draws about 2,800 pixels wide

QString colorOf(const DiagramNode& node, const Theme& theme) {
    return (node.way == Way::Shortcut ? theme.shortcut
            : node.way == Way::Sum    ? theme.ink
                                      : theme.mainPath)
        .name();
}

class DotText {
public:
    DotText(const Graph& graph, const DiagramLayout& layout, const Edits& edits, const Theme& theme)
        : m_graph(graph),
          m_layout(layout),
          m_edits(edits),
          m_theme(theme),
          m_groups(layout),
          m_rows(m_groups.rows(mostInDotRow)) {}

    QString write(const QString& title, bool isTransparent) {
        m_text = QStringLiteral("digraph \"%1\" {\n").arg(title);
        writeDefaults(isTransparent);
        writeNodes();
        for (const DiagramEdge& edge : m_layout.edges)
            if (edge.from != edge.to)
                writeEdge(edge);
        if (m_rows.size() > 1)
            writeRowStarts();
        return m_text + QStringLiteral("}\n");
    }

private:
    const DiagramNode& node(int index) const { return m_layout.nodes[std::size_t(index)]; }
    bool leavesRow(const DiagramEdge& edge) const {
        return rowOf(m_rows, edge.from) != rowOf(m_rows, edge.to);
    }

    void writeDefaults(bool isTransparent) {
        m_text +=
            QStringLiteral(
                "  graph [rankdir=LR, newrank=true, ranksep=0.3, nodesep=0.3, labeljust=l, bgcolor=\"%1\", fontname=\"Inter\", fontcolor=\"%2\"]\n")
                .arg(isTransparent ? QStringLiteral("transparent") : m_theme.panel.name(),
                     m_theme.ink.name());
        m_text +=
            QStringLiteral(
                "  node [shape=box, style=\"rounded,filled\", fontname=\"Inter\", fontsize=11, fontcolor=\"%1\", fillcolor=\"%2\"]\n")
                .arg(m_theme.ink.name(), m_theme.mainPathFill.name());
        m_text +=
            QStringLiteral("  edge [color=\"%1\", arrowsize=0.6, weight=8]\n").arg(m_theme.mainPath.name());
    }

    void writeNodes() {
        QString indent = QStringLiteral("  ");
        int depth = 0;
        NodeGroups::Visitor visitor;
        visitor.open = [&](const QString& id, const QString& name) {
            m_text += indent + QStringLiteral("subgraph \"cluster_%1\" {\n").arg(id);
            indent += QStringLiteral("  ");
            // A unit's name stands below it: shortcuts run above.
            m_text += indent + QStringLiteral("label=\"%1\" labelloc=%2 color=\"%3\"\n")
                                   .arg(name, depth++ == 0 ? QStringLiteral("t") : QStringLiteral("b"),
                                        m_theme.line.name());
        };
        visitor.close = [&] {
            --depth;
            indent.chop(2);
            m_text += indent + QStringLiteral("}\n");
        };
        visitor.node = [&](const DiagramNode& each) {
            const NodeText said = nodeText(m_graph, each);
            const QString label =
                said.shape.isEmpty() ? said.title : said.title + QStringLiteral("\\n") + said.shape;
            m_text += indent + QStringLiteral("\"%1\" [label=\"%2\", tooltip=\"%1\", color=\"%3\"%4]\n")
                                   .arg(each.name, label, colorOf(each, m_theme),
                                        each.kind == NodeKind::Sum
                                            ? QStringLiteral(", shape=circle, width=0.3, fixedsize=true")
                                            : QString());
        };
        m_groups.visit(visitor);
    }

    void writeEdge(const DiagramEdge& edge) {
        QString style = QStringLiteral("tooltip=\"%1\"").arg(compactShape(m_graph.outputShape(edge.carries)));
        if (edge.way == Way::Shortcut)
            style += QStringLiteral(", weight=1, color=\"%1\", penwidth=2.5").arg(m_theme.shortcut.name());
        const float gain = gainOf(m_layout, edge, m_edits);
        if (gain == 0.0f)
            style += QStringLiteral(", style=dotted");
        else if (edge.isProjection)
            style += QStringLiteral(", style=dashed");
        if (gain != 1.0f)
            style += QStringLiteral(", label=\"%1\", fontname=\"Inter\", fontsize=9").arg(gainText(gain));
        // It does not push the next row to the right of this one.
        if (leavesRow(edge))
            style += QStringLiteral(", constraint=false");
        m_text +=
            QStringLiteral("  \"%1\" -> \"%2\" [%3]\n").arg(node(edge.from).name, node(edge.to).name, style);
    }

    // All rows begin at the left, and so does what a row before leads to and nothing of its own row does.
    void writeRowStarts() {
        std::set<int> starts;
        for (const GraphRow& row : m_rows)
            starts.insert(row.first);
        for (const DiagramEdge& edge : m_layout.edges)
            if (edge.from != edge.to && leavesRow(edge))
                starts.insert(edge.to);
        for (const DiagramEdge& edge : m_layout.edges)
            if (edge.from != edge.to && !leavesRow(edge))
                starts.erase(edge.to);
        m_text += QStringLiteral("  { rank=min;");
        for (const int start : starts)
            m_text += QStringLiteral(" \"%1\";").arg(node(start).name);
        m_text += QStringLiteral(" }\n");
    }

    const Graph& m_graph;
    const DiagramLayout& m_layout;
    const Edits& m_edits;
    const Theme& m_theme;
    NodeGroups m_groups;
    std::vector<GraphRow> m_rows;
    QString m_text;
};

}  // namespace

QByteArray dotOf(const Graph& graph, const DiagramLayout& layout, const Edits& edits, const QString& title,
                 const Theme& theme, bool isTransparent) {
    return DotText(graph, layout, edits, theme).write(title, isTransparent).toUtf8();
}

}  // namespace resnet::ui
