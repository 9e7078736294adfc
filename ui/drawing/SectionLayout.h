#pragma once

#include "ui/drawing/DiagramLayout.h"

namespace resnet::ui {

// The part of a network around a step: its residual unit, or the stem or head it stands in; never a stage.
using Section = Group;

Section sectionOf(const Graph& graph, StepId step);

// "Stage 2, unit 2", "Stem", "Head".
QString titleOf(const Section& section);
// What is to be seen there, in plain words.
QString explanationOf(const Graph& graph, const Section& section);

// A section stands open and large: what enters, every step with its name and shape, the shortcut as an arc
// into the sum, what leaves. Gaps widen towards the aspect (width over height) it is to fill.
DiagramLayout layoutSection(const Graph& graph, const Section& section, double aspect);

// The figure of a residual unit: one with an identity shortcut and, if the network has one, one with a
// projection, side by side. Empty for a plain network.
DiagramLayout layoutUnitKindsFigure(const Graph& graph);

}  // namespace resnet::ui
