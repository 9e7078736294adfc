#include "ui/exports/MermaidWriter.h"

#include "ui/drawing/EditedParts.h"
#include "ui/exports/GraphText.h"
#include "ui/words/EditWords.h"

#include <algorithm>
#include <set>

namespace resnet::ui {

namespace {

constexpr int mostInRow = 12;  // nodes: what a page of text has room for

// A subgraph around nodes.
struct Box {
    QString id;
    QString title;
    QString direction;  // "LR", "TB"; empty: that of the box around it

    bool operator==(const Box& other) const { return id == other.id; }
};
using Boxes = std::vector<Box>;  // from the outermost on

class MermaidText {
public:
    MermaidText(const Graph& graph, const DiagramLayout& layout, const Edits& edits, const Theme& theme)
        : m_graph(graph),
          m_layout(layout),
          m_edits(edits),
          m_theme(theme),
          m_groups(layout),
          m_rows(m_groups.rows(mostInRow)) {}

    QString write(const QString& title) {
        m_text = QStringLiteral("---\ntitle: \"%1\"\n---\nflowchart %2\n")
                     .arg(title, isInRows() ? QStringLiteral("TB") : QStringLiteral("LR"));
        writeNodes();
        writeEdges();
        writeStyles();
        return m_text;
    }

private:
    bool isInRows() const { return m_rows.size() > 1; }
    const DiagramNode& node(int index) const { return m_layout.nodes[std::size_t(index)]; }
    const GraphRow& row(int index) const { return m_rows[std::size_t(index)]; }

    bool isOfOneUnit(const GraphRow& row) const {
        for (int i = row.first; i < row.end; ++i)
            if (m_groups.unitOf(i) < 0 || m_groups.unitOf(i) != m_groups.unitOf(row.first))
                return false;
        return true;
    }
    int rowsOfStage(int stage) const {
        return int(std::ranges::count_if(
            m_rows, [&](const GraphRow& each) { return m_groups.stageOf(each.end - 1) == stage; }));
    }

    Box stageBox(int stage, const char* direction = "") const {
        return {QStringLiteral("stage%1").arg(stage + 1), NodeGroups::stageTitle(stage),
                QLatin1String(direction)};
    }
    Box unitBox(int node, const char* direction = "") const {
        const int stage = m_groups.stageOf(node);
        const int unit = m_groups.unitOf(node);
        return {QStringLiteral("layer%1_%2_group").arg(stage + 1).arg(unit),
                NodeGroups::unitTitle(stage, unit), QLatin1String(direction)};
    }

    // The boxes around a row; the last one runs from left to right and holds the row alone. A row of one node
    // needs none of its own.
    Boxes boxesOfRow(int index) const {
        const GraphRow& row = this->row(index);
        const int stage = m_groups.stageOf(row.first);
        const bool isOfStage = stage >= 0 && stage == m_groups.stageOf(row.end - 1);
        if (!isInRows() || (row.count() == 1 && !isOfStage))
            return {};
        if (isOfStage && rowsOfStage(stage) == 1)
            return {stageBox(stage, "LR")};
        const Box own{QStringLiteral("row%1").arg(index + 1), QStringLiteral(" "), QStringLiteral("LR")};
        if (!isOfStage)
            return {own};
        if (row.count() == 1)
            return {stageBox(stage, "TB")};
        return {stageBox(stage, "TB"), isOfOneUnit(row) ? unitBox(row.first, "LR") : own};
    }
    Boxes boxesOf(int node) const {
        Boxes boxes = boxesOfRow(rowOf(m_rows, node));
        const auto add = [&](const Box& box) {
            if (std::ranges::find(boxes, box) == boxes.end())
                boxes.push_back(box);
        };
        if (m_groups.stageOf(node) >= 0)
            add(stageBox(m_groups.stageOf(node)));
        if (m_groups.unitOf(node) >= 0)
            add(unitBox(node));
        return boxes;
    }

    void writeNodes() {
        Boxes open;
        const auto leave = [&](std::size_t depth) {
            for (; open.size() > depth; open.pop_back())
                line(open.size() - 1, QStringLiteral("end"));
        };
        for (int i = 0; i < int(m_layout.nodes.size()); ++i) {
            const Boxes boxes = boxesOf(i);
            const auto differ = std::ranges::mismatch(open, boxes);
            leave(std::size_t(differ.in1 - open.begin()));
            for (std::size_t depth = open.size(); depth < boxes.size(); ++depth) {
                const Box& box = boxes[depth];
                line(depth, QStringLiteral("subgraph %1[\"%2\"]").arg(box.id, box.title));
                if (!box.direction.isEmpty())
                    line(depth + 1, QStringLiteral("direction ") + box.direction);
                open.push_back(box);
                m_boxes << box.id;
                if (const int row = rowOf(m_rows, i);
                    i == this->row(row).first && depth + 1 == boxesOfRow(row).size())
                    writeEntry(row, depth + 1);
            }
            writeNode(node(i), open.size());
        }
        leave(0);
    }

    void writeNode(const DiagramNode& node, std::size_t depth) {
        const NodeText said = nodeText(m_graph, node);
        const QString way = node.way == Way::Shortcut ? QStringLiteral("shortcut")
                            : node.way == Way::Sum    ? QStringLiteral("sum")
                                                      : QStringLiteral("main");
        line(depth, node.kind == NodeKind::Sum
                        ? QStringLiteral("%1((\"#43;\")):::sum").arg(identifierOf(node))
                        : QStringLiteral("%1[\"%2<br/>%3\"]:::%4")
                              .arg(identifierOf(node), said.title, said.shape, way));
    }

    // What enters a row of several nodes, once for all edges that lead into it.
    void writeEntry(int row, std::size_t depth) {
        if (this->row(row).count() == 1)
            return;
        for (const DiagramEdge& edge : m_layout.edges)
            if (edge.from != edge.to && rowOf(m_rows, edge.to) == row && rowOf(m_rows, edge.from) != row)
                return line(depth, QStringLiteral("%1([\"x<br/>%2\"]):::main")
                                       .arg(entryOf(row), compactShape(m_graph.outputShape(edge.carries))));
    }
    QString entryOf(int row) const { return boxesOfRow(row).back().id + QStringLiteral("_x"); }

    // What an edge between two rows joins: the outermost boxes that only one of them stands in.
    std::pair<QString, QString> endsBetween(int from, int to) const {
        const auto path = [&](int index) {
            QStringList ids;
            for (const Box& box : boxesOfRow(index))
                ids << box.id;
            if (row(index).count() == 1)
                ids << identifierOf(node(row(index).first));
            return ids;
        };
        const QStringList a = path(from);
        const QStringList b = path(to);
        const auto differ = std::ranges::mismatch(a, b);
        return {*differ.in1, *differ.in2};
    }

    void writeEdges() {
        std::set<std::pair<int, int>> joined;
        for (const DiagramEdge& edge : m_layout.edges) {
            if (edge.from == edge.to)
                continue;
            const int from = rowOf(m_rows, edge.from);
            const int to = rowOf(m_rows, edge.to);
            if (from != to && joined.insert({from, to}).second) {
                const auto [first, second] = endsBetween(from, to);
                writeEdge(first, second, QStringLiteral("-->"));
            }
            if (from == to || row(to).count() > 1)
                writeEdge(from == to ? identifierOf(node(edge.from)) : entryOf(to),
                          identifierOf(node(edge.to)), edge);
        }
    }

    void writeEdge(const QString& from, const QString& to, const DiagramEdge& edge) {
        if (edge.way == Way::Shortcut)
            m_shortcuts << QString::number(m_edges);
        const float gain = gainOf(m_layout, edge, m_edits);
        const bool isDotted = edge.isProjection || gain == 0.0f;
        const bool isThick = edge.way == Way::Shortcut;
        const QString end = isDotted  ? QStringLiteral("-.->")
                            : isThick ? QStringLiteral("==>")
                                      : QStringLiteral("-->");
        const QString begin = isDotted  ? QStringLiteral("-.")
                              : isThick ? QStringLiteral("==")
                                        : QStringLiteral("--");
        writeEdge(from, to,
                  gain == 1.0f ? end
                               : QStringLiteral("%1 \"%2\" %3")
                                     .arg(begin, gainText(gain), isDotted ? QStringLiteral(".->") : end));
    }
    void writeEdge(const QString& from, const QString& to, const QString& arrow) {
        line(0, from + QLatin1Char(' ') + arrow + QLatin1Char(' ') + to);
        ++m_edges;
    }

    void writeStyles() {
        const auto style = [&](const char* name, const QColor& stroke, const QColor& fill) {
            line(0, QStringLiteral("classDef %1 stroke:%2,fill:%3,color:%4")
                        .arg(QLatin1String(name), stroke.name(), fill.name(), m_theme.ink.name()));
        };
        style("main", m_theme.mainPath, m_theme.mainPathFill);
        style("shortcut", m_theme.shortcut, m_theme.shortcutFill);
        style("sum", m_theme.ink, m_theme.panel);
        style("group", m_theme.line, m_theme.background);
        if (!m_boxes.isEmpty())
            line(0, QStringLiteral("class %1 group").arg(m_boxes.join(QLatin1Char(','))));
        if (!m_shortcuts.isEmpty())
            line(0, QStringLiteral("linkStyle %1 stroke:%2,stroke-width:3px")
                        .arg(m_shortcuts.join(QLatin1Char(',')), m_theme.shortcut.name()));
    }

    void line(std::size_t depth, const QString& text) {
        m_text += QString(2 + 2 * int(depth), QLatin1Char(' ')) + text + QLatin1Char('\n');
    }

    const Graph& m_graph;
    const DiagramLayout& m_layout;
    const Edits& m_edits;
    const Theme& m_theme;
    NodeGroups m_groups;
    std::vector<GraphRow> m_rows;
    QString m_text;
    QStringList m_boxes;
    QStringList m_shortcuts;  // indices of edges
    int m_edges = 0;
};

}  // namespace

QByteArray mermaidOf(const Graph& graph, const DiagramLayout& layout, const Edits& edits,
                     const QString& title, const Theme& theme) {
    return MermaidText(graph, layout, edits, theme).write(title).toUtf8();
}

int mermaidEdges(const QByteArray& flowchart) {
    return int(flowchart.count(" --> ") + flowchart.count(" ==> ") + flowchart.count(".-> "));
}

}  // namespace resnet::ui
