#pragma once

namespace resnet::app {

// A float as the double with the fewest digits that still tell it from its neighbours: 0.1f is 0.1, not
// 0.10000000149. JSON has no NaN or infinity; they become null.
double shortest(float value);

}  // namespace resnet::app
