#pragma once

#include "ui/words/References.h"

namespace resnet::ui {

// What the card of the picture and its prediction shows.
Explanation inputWords();

// What the diagram shows, for those who want to know more than its legend.
Explanation diagramWords();

// What each view that explains shows, for those who want to know more than its line.
Explanation whereFromWords();
Explanation seenWords();
Explanation classActivationWords();
Explanation occlusionWords();
Explanation foldingWords();

}  // namespace resnet::ui
