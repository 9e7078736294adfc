#pragma once

#include "core/experiments/Experiment.h"
#include "core/model/Model.h"

#include <QByteArray>
#include <QString>

namespace resnet::app {

// {reference: {logits, probabilities}, results: [{edit, logits, probabilities}]}, and more.
QByteArray jsonText(const ExperimentReport& report, const Model& model);
QByteArray csvText(const ExperimentReport& report, const Model& model);
QString plainText(const ExperimentReport& report, const Model& model);

}  // namespace resnet::app
