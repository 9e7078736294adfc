#pragma once

namespace resnet::ui {

// The largest of 1, 2 and 5 times a power of ten that is not above a positive number: where lines and ticks
// of an axis stand.
double roundedDown(double number);
// The smallest that is not below it.
double roundedUp(double number);

}  // namespace resnet::ui
