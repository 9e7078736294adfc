#pragma once

#include "ui/widgets/Explanation.h"

namespace resnet::ui {

// What the card of the picture and its prediction shows.
Explanation inputWords();

}  // namespace resnet::ui
