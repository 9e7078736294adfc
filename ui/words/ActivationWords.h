#pragma once

#include "ui/words/References.h"

namespace resnet::ui {

// What each view of the panel shows, for those who want to know more than its line.
Explanation mapsWords();
Explanation unitByChannelWords();
Explanation allStepsWords();
Explanation allUnitsWords();
Explanation stageCostsWords();
Explanation weightsWords();
Explanation channelWords();
Explanation unitLensWords();
Explanation contributionsWords();

}  // namespace resnet::ui
