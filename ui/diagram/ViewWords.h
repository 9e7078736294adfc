#pragma once

#include "ui/widgets/Explanation.h"

namespace resnet::ui {

// What the diagram shows, for those who want to know more than its legend.
Explanation diagramWords();

}  // namespace resnet::ui
