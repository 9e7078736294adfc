#pragma once

#include <array>
#include <cstdint>

namespace resnet::ui {

// Published colour maps as opaque 0xAARRGGBB values, from the low end to the high end.
extern const std::array<std::uint32_t, 256> viridisTable;
extern const std::array<std::uint32_t, 256> magmaTable;
extern const std::array<std::uint32_t, 256> cividisTable;

}  // namespace resnet::ui
