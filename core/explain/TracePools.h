#pragma once

#include "core/explain/Trace.h"

namespace resnet {

// Calls visit(tap, cell) for the cells of a window around an output cell, row by row.
template <class Visit>
void forEachCell(const Window& window, const FeatureMaps& in, const Trace& at, int channel,
                 const Visit& visit) {
    for (int ky = 0; ky < window.kernel; ++ky)
        for (int kx = 0; kx < window.kernel; ++kx) {
            WindowCell cell;
            cell.y = at.y * window.stride - window.padTop + ky;
            cell.x = at.x * window.stride - window.padLeft + kx;
            cell.isPadding = cell.y < 0 || cell.y >= in.height() || cell.x < 0 || cell.x >= in.width();
            cell.value = cell.isPadding ? 0.0f : in.at(channel, cell.y, cell.x);
            visit(ky * window.kernel + kx, cell);
        }
}

// Fill in `how` and `sum` of a cell's trace, by the kind of step that moves or gathers cells of one channel.
void traceMaxPool(Trace& trace, const Step& step, const FeatureMaps& in);
void traceGlobalMax(Trace& trace, const FeatureMaps& in);
void traceAveragePool(Trace& trace, const Step& step, const FeatureMaps& in);
void traceGlobalAverage(Trace& trace, const FeatureMaps& in);
void tracePadding(Trace& trace, const Step& step, const FeatureMaps& in);

}  // namespace resnet
