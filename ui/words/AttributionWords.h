#pragma once

#include "core/attribution/Attribution.h"
#include "ui/words/References.h"

namespace resnet::ui {

// "Integrated gradients".
QString displayName(AttributionMethod method);
// What a value of its map is, in a sentence.
QString meaningOf(AttributionMethod method);

// What each view of gradients shows, for those who want to know more than its line.
Explanation unitCamsWords();
Explanation pixelsWords();
Explanation trustWords();
Explanation pathLengthsWords();
Explanation gradientNormsWords();
Explanation effectiveFieldWords();

}  // namespace resnet::ui
