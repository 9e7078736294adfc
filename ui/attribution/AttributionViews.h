#pragma once

#include "ui/workspace/View.h"

namespace resnet::ui {

// The views of what a score owes to which place.
ViewEntries attributionViews();

}  // namespace resnet::ui
