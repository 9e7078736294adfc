#pragma once

#include "ui/workspace/View.h"

namespace resnet::ui {

// The views that change the running network and show what follows.
ViewEntries experimentViews();

}  // namespace resnet::ui
