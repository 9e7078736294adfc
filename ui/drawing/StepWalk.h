#pragma once

#include "ui/drawing/DiagramLayout.h"

#include <set>

namespace resnet::ui {

enum class WalkDirection { Left, Right, Up, Down };

// Where an arrow key leads: left and right along the data over what is drawn, up from the main path to the
// shortcut (of an identity, to the x that it carries), down back to the main path. Nothing at the ends.
std::optional<StepId> walked(const Graph& graph, const DiagramLayout& layout, StepId from,
                             WalkDirection direction);

// Steps at the same place in units of equal shape and kind, without the step itself: a projection unit has
// none, unless the network has another of the very same shape.
std::set<StepId> twinsOf(const Graph& graph, StepId step);

// The steps visited, for going back and forward.
class VisitHistory {
public:
    // Forgets what was ahead. Visiting the present step again changes nothing.
    void visit(StepId step);
    std::optional<StepId> back();
    std::optional<StepId> forward();
    bool canGoBack() const { return m_position > 0; }
    bool canGoForward() const { return m_position + 1 < m_steps.size(); }
    void clear();

private:
    std::vector<StepId> m_steps;
    std::size_t m_position = 0;
};

}  // namespace resnet::ui
