#include "core/explain/TracePools.h"

#include <algorithm>
#include <cmath>

namespace resnet {

namespace {

// NaN wins, as it does in PyTorch.
bool wins(float value, float over) {
    return value > over || (std::isnan(value) && !std::isnan(over));
}

// Of the cells that `how` frames.
void traceMean(Trace& trace, const FeatureMaps& in, MeanTrace how) {
    how.cells.reserve(std::size_t(how.height) * std::size_t(how.width));
    for (int y = how.top; y < how.top + how.height; ++y)
        for (int x = how.left; x < how.left + how.width; ++x) {
            how.cells.push_back(in.at(trace.channel, y, x));
            how.total += how.cells.back();
        }
    trace.sum = how.total / how.count;
    trace.how = std::move(how);
}

}  // namespace

void traceMaxPool(Trace& trace, const Step& step, const FeatureMaps& in) {
    MaxPoolTrace how{step.window.kernel, step.window.kernel, {}, -1};
    forEachCell(step.window, in, trace, trace.channel, [&](int tap, const WindowCell& cell) {
        how.cells.push_back(cell);
        if (!cell.isPadding && (how.winner < 0 || wins(cell.value, how.cells[std::size_t(how.winner)].value)))
            how.winner = tap;
    });
    trace.sum = how.cells[std::size_t(how.winner)].value;
    trace.how = std::move(how);
}

void traceGlobalMax(Trace& trace, const FeatureMaps& in) {
    MaxPoolTrace how{in.height(), in.width(), {}, 0};
    for (int y = 0; y < in.height(); ++y)
        for (int x = 0; x < in.width(); ++x) {
            how.cells.push_back({y, x, false, in.at(trace.channel, y, x)});
            if (wins(how.cells.back().value, how.cells[std::size_t(how.winner)].value))
                how.winner = int(how.cells.size()) - 1;
        }
    trace.sum = how.cells[std::size_t(how.winner)].value;
    trace.how = std::move(how);
}

void traceAveragePool(Trace& trace, const Step& step, const FeatureMaps& in) {
    const Window& window = step.window;
    const int top = trace.y * window.stride - window.padTop, left = trace.x * window.stride - window.padLeft;
    MeanTrace how;
    how.top = std::max(top, 0);
    how.left = std::max(left, 0);
    how.height = std::min(top + window.kernel, in.height()) - how.top;
    how.width = std::min(left + window.kernel, in.width()) - how.left;
    how.count =
        step.settings.countsPadding ? double(window.kernel) * window.kernel : double(how.height) * how.width;
    traceMean(trace, in, std::move(how));
}

void tracePadding(Trace& trace, const Step& step, const FeatureMaps& in) {
    CopyTrace how;
    how.channel = trace.channel - step.settings.channelsBefore;
    how.y = trace.y * step.window.stride - step.window.padTop;
    how.x = trace.x * step.window.stride - step.window.padLeft;
    how.isZero = how.channel < 0 || how.channel >= in.channels() || how.y < 0 || how.y >= in.height() ||
                 how.x < 0 || how.x >= in.width();
    how.before = how.isZero ? 0.0f : in.at(how.channel, how.y, how.x);
    trace.sum = how.before;
    trace.how = how;
}

void traceGlobalAverage(Trace& trace, const FeatureMaps& in) {
    traceMean(trace, in, {0, 0, in.height(), in.width(), {}, 0.0, double(in.shape().pixels())});
}

}  // namespace resnet
