#pragma once

#include <string_view>

namespace resnet {

// Less than, with the numbers in texts compared as numbers: "unit" < "unit_2" < "unit_10".
bool naturallyLess(std::string_view a, std::string_view b);

}  // namespace resnet
