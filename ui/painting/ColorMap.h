#pragma once

#include "core/network/Graph.h"

#include <QRgb>
#include <QString>

#include <array>

namespace resnet::ui {

// How values become colours. Diverging runs from purple (negative) over white (zero) to green (positive).
enum class ColorMap { Viridis, Magma, Grey, Cividis, Diverging };

inline constexpr std::array allColorMaps{ColorMap::Viridis, ColorMap::Magma, ColorMap::Grey,
                                         ColorMap::Cividis, ColorMap::Diverging};

using ColorTable = std::array<QRgb, 256>;

// Opaque colours from the low end to the high end; entry 128 of Diverging is white.
const ColorTable& colorTable(ColorMap map);

// "Viridis", translated.
QString displayName(ColorMap map);

// True for outputs that have both signs: input, convolution, batch norm, addition, dense.
bool isSigned(const Graph& graph, StepId step);

// Diverging for signed outputs, Viridis for those from zero up.
ColorMap defaultColorMap(const Graph& graph, StepId step);
ColorMap defaultColorMap(const Step& step);

// The colour of NaN and infinity; it occurs in no map. Where cells are large enough, white hatching is laid
// over it.
inline constexpr QRgb notFiniteColor = 0xffd01c1f;
// Where the cells are too small for lines: the hatching of whole areas, in which one cell alone stands out,
// too.
constexpr QRgb notFiniteColorAt(int x, int y) {
    return (x + y) % 4 == 3 ? 0xff4a0709 : notFiniteColor;
}

}  // namespace resnet::ui
