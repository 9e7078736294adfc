#include "ui/drawing/StepWalk.h"

#include <algorithm>

namespace resnet::ui {

namespace {

constexpr std::size_t longestHistory = 200;

int rankOf(const DiagramEdge& edge, bool isOnShortcut) {
    return (edge.way == Way::Shortcut) == isOnShortcut ? 0 : 1;
}

// The neighbour along the data. On the shortcut the shortcut is followed, elsewhere the main path.
const DiagramNode* neighbour(const DiagramLayout& layout, int index, bool isForward) {
    const bool isOnShortcut = layout.nodes[std::size_t(index)].way == Way::Shortcut;
    const DiagramEdge* best = nullptr;
    for (const DiagramEdge& edge : layout.edges) {
        if (edge.from == edge.to || (isForward ? edge.from : edge.to) != index)
            continue;
        if (!best || rankOf(edge, isOnShortcut) < rankOf(*best, isOnShortcut))
            best = &edge;
    }
    return best ? &layout.nodes[std::size_t(isForward ? best->to : best->from)] : nullptr;
}

std::optional<StepId> upFrom(const ResidualUnit& unit, StepId step) {
    if (!unit.add || step == unit.relu2)
        return std::nullopt;
    if (!unit.hasProjection())
        return unit.input;
    if (step == unit.projection || step == unit.projectionNorm)
        return std::nullopt;
    return step == unit.add || step == unit.conv2 || step == unit.bn2 ? unit.projectionNorm : unit.projection;
}

std::vector<StepId> stepsOf(const ResidualUnit& unit) {
    std::vector<StepId> steps{unit.conv1, unit.bn1, unit.relu1, unit.conv2, unit.bn2};
    for (const auto& step : {unit.projection, unit.projectionNorm, unit.add})
        if (step)
            steps.push_back(*step);
    steps.push_back(unit.relu2);
    return steps;
}

}  // namespace

std::optional<StepId> walked(const Graph& graph, const DiagramLayout& layout, StepId from,
                             WalkDirection direction) {
    const DiagramNode* node = layout.nodeOf(from);
    if (!node)
        return std::nullopt;
    if (direction == WalkDirection::Left || direction == WalkDirection::Right) {
        const DiagramNode* next =
            neighbour(layout, int(node - layout.nodes.data()), direction == WalkDirection::Right);
        return next ? std::optional(next->step) : std::nullopt;
    }
    const ResidualUnit* unit = graph.unitOf(from);
    if (!unit)
        return std::nullopt;
    if (direction == WalkDirection::Up)
        return upFrom(*unit, from);
    if (from == unit->projection)
        return unit->conv1;
    if (from == unit->projectionNorm)
        return unit->bn2;
    return std::nullopt;
}

std::set<StepId> twinsOf(const Graph& graph, StepId step) {
    std::set<StepId> twins;
    const ResidualUnit* unit = graph.unitOf(step);
    if (!unit)
        return twins;
    const std::vector<StepId> own = stepsOf(*unit);
    const auto place = std::ranges::find(own, step) - own.begin();
    for (const ResidualUnit& other : graph.units()) {
        const bool isEqual = &other != unit && other.hasProjection() == unit->hasProjection() &&
                             graph.outputShape(other.input) == graph.outputShape(unit->input) &&
                             graph.step(other.relu2).output == graph.step(unit->relu2).output;
        if (isEqual)
            twins.insert(stepsOf(other)[std::size_t(place)]);
    }
    return twins;
}

void VisitHistory::visit(StepId step) {
    if (!m_steps.empty() && m_steps[m_position] == step)
        return;
    if (!m_steps.empty())
        m_steps.resize(m_position + 1);
    m_steps.push_back(step);
    if (m_steps.size() > longestHistory)
        m_steps.erase(m_steps.begin());
    m_position = m_steps.size() - 1;
}

std::optional<StepId> VisitHistory::back() {
    if (!canGoBack())
        return std::nullopt;
    return m_steps[--m_position];
}

std::optional<StepId> VisitHistory::forward() {
    if (!canGoForward())
        return std::nullopt;
    return m_steps[++m_position];
}

void VisitHistory::clear() {
    m_steps.clear();
    m_position = 0;
}

}  // namespace resnet::ui
