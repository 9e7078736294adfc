#pragma once

#include "ui/workspace/ShownMaps.h"

namespace resnet::ui::test {

// What the network computes, as the views show it.
inline ShownMaps shownOf(const Run& run) {
    return ShownMaps({run, {}}, {}, Quantity::Values, Side::Now);
}

}  // namespace resnet::ui::test
