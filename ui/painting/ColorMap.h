#pragma once

#include <QRgb>
#include <QString>

#include <array>

namespace resnet::ui {

// How values become colours. Diverging runs from purple (negative) over zero to green (positive); zero is
// white, or, on a dark ground, the colour of a dark panel.
enum class ColorMap { Viridis, Magma, Grey, Cividis, Diverging, DivergingOnDark };

// Those to choose from.
inline constexpr std::array allColorMaps{ColorMap::Viridis, ColorMap::Magma, ColorMap::Grey,
                                         ColorMap::Cividis, ColorMap::Diverging};

using ColorTable = std::array<QRgb, 256>;

// Centred on zero.
constexpr bool isDiverging(ColorMap map) {
    return map == ColorMap::Diverging || map == ColorMap::DivergingOnDark;
}
// The same on the ground it is painted on: light ones stay as they are.
constexpr ColorMap onGround(ColorMap map, bool isDark) {
    return map == ColorMap::Diverging && isDark ? ColorMap::DivergingOnDark : map;
}

// Opaque colours from the low end to the high end; entry 128 of a diverging map is zero.
const ColorTable& colorTable(ColorMap map);

// "Viridis", translated.
QString displayName(ColorMap map);

// One look everywhere, also where nothing is below zero: a map of F(x) + x and of its ReLU are compared at a
// glance.
inline constexpr ColorMap defaultColorMap = ColorMap::Diverging;

// The colour of NaN and infinity; it occurs in no map. Where cells are large enough, white hatching is laid
// over it.
inline constexpr QRgb notFiniteColor = 0xffd01c1f;
// Where the cells are too small for lines: the hatching of whole areas, in which one cell alone stands out,
// too.
constexpr QRgb notFiniteColorAt(int x, int y) {
    return (x + y) % 4 == 3 ? 0xff4a0709 : notFiniteColor;
}

}  // namespace resnet::ui
