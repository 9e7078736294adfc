#pragma once

#include "core/explain/Statistics.h"
#include "core/network/Graph.h"
#include "ui/painting/ColumnChart.h"
#include "ui/workspace/ShownMaps.h"

namespace resnet::ui {

// Mean, standard deviation, share of zeros and norm of every step; a column is a step.
ColumnChart stepsChart(const Graph& graph, const ShownMaps& maps, ActivationStatistics& statistics);

// ||F|| and ||x||, their ratio and cosine, and what ReLU cuts, of every residual unit; a column is a unit.
ColumnChart unitsChart(const Graph& graph, const Run& activations);

// The same figures of one column in words.
QString stepFigures(const Graph& graph, const ShownMaps& maps, ActivationStatistics& statistics, StepId step);
QString unitFigures(const Graph& graph, const ResidualUnit& unit, const Run& activations);

}  // namespace resnet::ui
