#pragma once

#include "app/cli/ExperimentReport.h"
#include "ui/exports/Figure.h"
#include "ui/painting/SweepChart.h"

namespace resnet::app {

// The rows of an experiment as bars, a panel a sweep: of a picture the probability of the class, of a folder
// the accuracy or the agreement with the network as it is.
ui::SweepChart sweepChart(const ExperimentReport& report, const Model& model);
ui::Figure figureOf(const ExperimentReport& report, const Model& model, const ui::Theme& theme);

}  // namespace resnet::app
