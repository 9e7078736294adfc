#pragma once

#include "ui/training/TrainingResources.h"
#include "ui/window/Workbench.h"

namespace resnet::ui {

// What the workbench has, in its order: the views of all folders, by the question they answer.
std::vector<WorkbenchTab> workbenchTabs(const TrainingResources& training = {});

}  // namespace resnet::ui
