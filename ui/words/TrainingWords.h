#pragma once

#include "ui/words/References.h"

namespace resnet::ui {

// What each view of training shows, for those who want to know more than its line.
Explanation landscapeWords();
Explanation trainingWords();
Explanation shortcutsWords();

// A claim of the page on shortcuts, and what there is to say of it whatever the numbers are.
struct Claim {
    QString title;
    QString text;
};
Claim degradationClaim();
Claim streamClaim();
Claim lesionClaim();
Claim gradientClaim();
Claim depthClaim();
Claim debatedClaim();

}  // namespace resnet::ui
