#pragma once

#include "core/network/Edits.h"
#include "ui/painting/Theme.h"

#include <QString>

#include <vector>

namespace resnet::ui {

// One of the outputs of a residual unit that stand side by side, all of one shape.
struct UnitTerm {
    enum class Role {
        Shortcut,  // x, or P(x), what the shortcut makes of it
        MainPath,  // F(x)
        Sum,       // F(x) + x
        After      // what the ReLU after the sum keeps of it
    };

    Role role{};
    StepId step = inputStep;  // that made it
    QString kind;             // of the step
    UnitEdit edit = {};       // of the unit
};

// The residual unit that a step belongs to, if it has a sum; null in stem, head and plain networks.
const ResidualUnit* unitWithSum(const Graph& graph, StepId step);

// Shortcut, main path, sum, and each step after it. The unit must have a sum.
std::vector<UnitTerm> unitTerms(const Graph& graph, const ResidualUnit& unit, const Edits& edits = {});
std::vector<StepId> stepsOf(const std::vector<UnitTerm>& terms);

// "x", "F(x)", "F(x) + x", "ReLU", and where the shortcut changes x "P(x)" and "F(x) + P(x)"; with an edit
// "F(x), off" and what is added.
QString unitTermName(const UnitTerm& term, ShortcutForm form);
QColor unitTermColor(const UnitTerm& term, const Theme& theme);
// "+", "=", "→": between the term before and this one.
QString signBefore(const UnitTerm& term);

}  // namespace resnet::ui
