#include "core/network/SeenPixels.h"

#include <algorithm>
#include <cassert>
#include <optional>
#include <vector>

namespace resnet {
namespace {

// Cells of one axis of a map: what windows reach, and what of it is in the maps on the way, not in their
// padding.
struct Reach {
    PixelRange whole;
    PixelRange inside;
};

PixelRange united(const PixelRange& a, const PixelRange& b) {
    return {std::min(a.first, b.first), std::max(a.last, b.last)};
}

PixelRange through(const PixelRange& range, int kernel, int stride, int before) {
    return {range.first * stride - before, range.last * stride - before + kernel - 1};
}

// What a step reads along an axis of `extent` cells to make `reach` of its output.
Reach readBy(const Step& step, const Reach& reach, int before, int extent) {
    switch (infoOf(step.kind).reads) {
        case Reads::Cell:
            break;
        case Reads::Window: {
            const PixelRange inside = through(reach.inside, step.window.kernel, step.window.stride, before);
            return {through(reach.whole, step.window.kernel, step.window.stride, before),
                    {std::max(inside.first, 0), std::min(inside.last, extent - 1)}};
        }
        case Reads::Map:
            return {{0, extent - 1}, {0, extent - 1}};
    }
    return reach;
}

enum class Axis { Rows, Columns };

// Walks back from the step to the image; `reaches` has one place per step and one for the image.
Reach reachOf(const Graph& graph, StepId from, int cell, Axis axis, bool shortest) {
    std::vector<std::optional<Reach>> reaches(std::size_t(from) + 2);
    const auto at = [&](StepId step) -> std::optional<Reach>& { return reaches[placeOf(step)]; };
    at(from) = Reach{{cell, cell}, {cell, cell}};
    for (StepId id = from; id >= 0; --id) {
        if (!at(id))
            continue;
        const Step& step = graph.step(id);
        const bool isRows = axis == Axis::Rows;
        const Reach read = readBy(step, *at(id), isRows ? step.window.padTop : step.window.padLeft,
                                  isRows ? step.input.height : step.input.width);
        const std::size_t first = shortest ? step.inputs.size() - 1 : 0;
        for (std::size_t i = first; i < step.inputs.size(); ++i) {
            std::optional<Reach>& into = at(step.inputs[i]);
            into = into ? Reach{united(into->whole, read.whole), united(into->inside, read.inside)} : read;
        }
    }
    return *at(inputStep);
}

SeenPixels seen(const Graph& graph, StepId step, int y, int x, bool shortest) {
    const Reach rows = reachOf(graph, step, y, Axis::Rows, shortest);
    const Reach columns = reachOf(graph, step, x, Axis::Columns, shortest);
    return {rows.whole, columns.whole, rows.inside, columns.inside};
}

}  // namespace

SeenRange seenBy(const Graph& graph, StepId step, int y, int x) {
    assert(y >= 0 && y < graph.outputShape(step).height && x >= 0 && x < graph.outputShape(step).width);
    return {seen(graph, step, y, x, true), seen(graph, step, y, x, false)};
}

}  // namespace resnet
