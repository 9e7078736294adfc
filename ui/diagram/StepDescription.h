#pragma once

#include "ui/drawing/DiagramContent.h"
#include "ui/drawing/DiagramLayout.h"

namespace resnet::ui {

// What a step is, and what of it is shown, in a line or four, for a tooltip.
QString descriptionOf(const Graph& graph, StepId step, const DiagramContent& content);
// What a node stands for: "Stage 2", "Stage 2, unit 1", "Stage 2, unit 1: add", "Stem".
QString titleOf(const Graph& graph, const DiagramNode& node);
// The same of an edge: from where to where, which way, and the shape of what it carries.
QString descriptionOf(const Graph& graph, const DiagramEdge& edge, const DiagramLayout& layout);

}  // namespace resnet::ui
