#pragma once

#include "ui/painting/Theme.h"

namespace resnet::ui {

// Of bars and lines that stand for values: purple below zero, green from zero up, as in the diverging maps;
// deep enough on paper, light enough on a dark panel.
QColor signColor(bool negative, const Theme& theme);

}  // namespace resnet::ui
