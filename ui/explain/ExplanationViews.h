#pragma once

#include "ui/workspace/View.h"

namespace resnet::ui {

// The views that explain what is selected.
ViewEntries explanationViews();

}  // namespace resnet::ui
