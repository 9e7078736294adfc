#pragma once

#include "core/network/Graph.h"
#include "ui/painting/Theme.h"

#include <QString>

#include <array>

namespace resnet::ui {

// The four outputs of a residual unit that stand side by side, all of one shape: x (for a projection unit
// what the projection makes of it), F(x), their sum, and what the ReLU keeps of that.
inline constexpr int unitTermCount = 4;

// The residual unit that a step belongs to, if it has a sum; null in stem, head and plain networks.
const ResidualUnit* unitWithSum(const Graph& graph, StepId step);

// The steps that made them. The unit must have a sum.
std::array<StepId, unitTermCount> unitTerms(const ResidualUnit& unit);

// "x" or "projected x", "F(x)", "F(x) + x", "ReLU".
QString unitTermName(int term, bool hasProjection = false);
QColor unitTermColor(int term, const Theme& theme);
// "+", "=", "→": between a term and the next.
QString signAfterTerm(int term);

}  // namespace resnet::ui
