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

std::optional<std::size_t> placeIn(const std::vector<StepId>& steps, StepId step) {
    const auto found = std::ranges::find(steps, step);
    return found == steps.end() ? std::nullopt : std::optional(std::size_t(found - steps.begin()));
}

// The step of the shortcut that stands over a step of the main path or the sum, as far along as that; of an
// identity the x that it carries.
std::optional<StepId> upFrom(const ResidualUnit& unit, StepId step) {
    const bool isSum = unit.add == step;
    const std::optional<std::size_t> place = placeIn(unit.mainPath, step);
    if (!unit.add || (!place && !isSum))
        return std::nullopt;
    if (unit.shortcut.empty())
        return unit.input;
    return isSum ? unit.shortcut.back() : unit.shortcut[*place * unit.shortcut.size() / unit.mainPath.size()];
}

// Below the first step of the shortcut the first of the main path, below its last the last.
std::optional<StepId> downFrom(const ResidualUnit& unit, StepId step) {
    const std::optional<std::size_t> place = placeIn(unit.shortcut, step);
    if (!place)
        return std::nullopt;
    const std::size_t lastPlace = std::max<std::size_t>(1, unit.shortcut.size() - 1);
    return unit.mainPath[*place * (unit.mainPath.size() - 1) / lastPlace];
}

bool isTwin(const Graph& graph, const ResidualUnit& a, const ResidualUnit& b) {
    return graph.outputShape(a.input) == graph.outputShape(b.input) &&
           std::ranges::equal(graph.stepsOf(a), graph.stepsOf(b), [](const Step& of, const Step& other) {
               return of.kind == other.kind && of.way == other.way && of.output == other.output;
           });
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
    return direction == WalkDirection::Up ? upFrom(*unit, from) : downFrom(*unit, from);
}

std::set<StepId> twinsOf(const Graph& graph, StepId step) {
    std::set<StepId> twins;
    const ResidualUnit* unit = graph.unitOf(step);
    if (!unit)
        return twins;
    const std::span<const Step> own = graph.stepsOf(*unit);
    const auto place = std::ranges::find(own, step, &Step::id) - own.begin();
    for (const ResidualUnit& other : graph.units())
        if (&other != unit && isTwin(graph, other, *unit))
            twins.insert(graph.stepsOf(other)[std::size_t(place)].id);
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
