#pragma once

#include "ui/training/TrainingResources.h"
#include "ui/workspace/View.h"

namespace resnet::ui {

// How a network came to its weights, and what shortcuts have to do with it. `whatIf` is the key of the view
// where parts are switched off; empty: there is none.
ViewEntries trainingViews(const TrainingResources& resources, const QString& whatIf = {});

}  // namespace resnet::ui
