#pragma once

#include "ui/widgets/Explanation.h"

namespace resnet::ui {

// What each view that explains shows, for those who want to know more than its line.
Explanation whereFromWords();
Explanation seenWords();
Explanation classActivationWords();
Explanation occlusionWords();
Explanation foldingWords();

}  // namespace resnet::ui
