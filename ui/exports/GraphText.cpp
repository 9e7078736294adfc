#include "ui/exports/GraphText.h"

#include "ui/Words.h"

#include <algorithm>
#include <map>

namespace resnet::ui {

NodeText nodeText(const Graph& graph, const DiagramNode& node) {
    const QString shape = compactShape(graph.outputShape(node.step));
    switch (node.kind) {
        case NodeKind::Image:
            return {Words::tr("input"), shape};
        case NodeKind::Step:
            return {node.step == inputStep ? Words::tr("input") : shortKind(graph.step(node.step)), shape};
        case NodeKind::Sum:
            return {QStringLiteral("+"), {}};
        case NodeKind::Stem:
            return {Words::tr("Stem"), shape};
        case NodeKind::Head:
            return {Words::tr("Head"), shape};
        case NodeKind::Stage:
            return {Words::tr("Stage %1, %2 units").arg(node.stage + 1).arg(graph.stage(node.stage).size()),
                    shape};
        case NodeKind::Unit:
            return {Words::tr("Unit %1").arg(node.unit + 1), shape};
    }
    return {};
}

QString identifierOf(const DiagramNode& node) {
    QString id = node.name;
    return id.replace(QLatin1Char('.'), QLatin1Char('_'));
}

NodeGroups::NodeGroups(const DiagramLayout& layout) : m_layout(layout) {
    std::map<std::pair<int, int>, int> sizes;
    for (const DiagramNode& node : layout.nodes)
        ++sizes[{node.stage, node.unit}];
    for (const DiagramNode& node : layout.nodes) {
        const bool isAlone = node.kind == NodeKind::Step && sizes[{node.stage, node.unit}] == 1;
        m_places.push_back(node.stage < 0 || node.kind == NodeKind::Stage || isAlone
                               ? Place()
                               : Place{node.stage, node.unit});
    }
}

bool NodeGroups::hasEntry(int node) const {
    return m_layout.nodes[std::size_t(node)].step == inputStep ||
           std::ranges::any_of(m_layout.edges, [&](const DiagramEdge& edge) {
               return edge.to == node && edge.from != node && edge.from >= 0;
           });
}

std::vector<GraphRow> NodeGroups::rows(int most) const {
    std::vector<GraphRow> rows;
    const int count = int(m_places.size());
    for (int i = 0; i < count;) {
        int end = i + 1;  // of the unit, or the node alone
        while (end < count && m_places[std::size_t(i)].unit >= 0 &&
               m_places[std::size_t(end)] == m_places[std::size_t(i)])
            ++end;
        const bool continues = !rows.empty() && stageOf(i) == stageOf(rows.back().end - 1);
        const bool fits = continues && (stageOf(i) < 0 || rows.back().count() + end - i <= most);
        // What alone stands before a unit, and nothing before it, is what enters it.
        const bool isEntered = !rows.empty() && rows.back().count() == 1 && !hasEntry(rows.back().first);
        if (fits || isEntered)
            rows.back().end = end;
        else
            rows.push_back({i, end});
        i = end;
    }
    return rows;
}

int rowOf(const std::vector<GraphRow>& rows, int node) {
    const auto after = std::ranges::upper_bound(rows, node, {}, &GraphRow::first);
    return int(after - rows.begin()) - 1;
}

QString NodeGroups::stageTitle(int stage) {
    return Words::tr("Stage %1").arg(stage + 1);
}

void NodeGroups::visit(const Visitor& visitor) const {
    Place open;
    for (std::size_t i = 0; i <= m_places.size(); ++i) {
        const Place place = i < m_places.size() ? m_places[i] : Place();
        if (open.unit >= 0 && place != open)
            visitor.close();
        if (open.stage >= 0 && place.stage != open.stage)
            visitor.close();
        if (place.stage >= 0 && place.stage != open.stage)
            visitor.open(QStringLiteral("stage%1").arg(place.stage + 1), stageTitle(place.stage));
        if (place.unit >= 0 && place != open)
            visitor.open(QStringLiteral("layer%1_%2_group").arg(place.stage + 1).arg(place.unit),
                         unitTitle(place.stage, place.unit));
        open = place;
        if (i < m_places.size())
            visitor.node(m_layout.nodes[i]);
    }
}

}  // namespace resnet::ui
