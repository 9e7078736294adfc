#pragma once

#include "core/experiments/Experiment.h"
#include "core/model/Model.h"
#include "ui/exports/Figure.h"
#include "ui/painting/SweepChart.h"

namespace resnet::ui {

// The rows of an experiment as bars, a panel a sweep: of a picture the probability of the class, of a folder
// the accuracy or the agreement with the network as it is.
SweepChart sweepChart(const ExperimentReport& report, const Model& model);
Figure figureOf(const ExperimentReport& report, const Model& model, const Theme& theme);

}  // namespace resnet::ui
