#pragma once

#include "ui/workspace/View.h"

namespace resnet::ui {

// The views of what the network makes of the picture: maps, unit, steps, units, weights.
ViewEntries activationViews();

}  // namespace resnet::ui
