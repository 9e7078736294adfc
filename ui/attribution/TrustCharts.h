#pragma once

#include "core/attribution/Trust.h"
#include "ui/painting/LineChart.h"

#include <array>
#include <vector>

namespace resnet::ui {

// How like the maps of networks that forget are to that of the network as it is: rank correlation of
// magnitudes, SSIM, rank correlation of values. `places` are all that there will be, known or not.
LineChart likenessChart(const std::vector<std::array<double, 3>>& known, std::size_t places);
// The class's probability while blocks are hidden, or shown, in the map's order and in random orders.
LineChart deletionChart(const Curves& curves);
LineChart insertionChart(const Curves& curves);

}  // namespace resnet::ui
