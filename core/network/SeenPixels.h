#pragma once

#include "core/network/Graph.h"

namespace resnet {

// Pixels `first` to `last` of one axis, both included.
struct PixelRange {
    int first = 0;
    int last = 0;

    int size() const { return last - first + 1; }
    bool contains(int pixel) const { return first <= pixel && pixel <= last; }
    bool operator==(const PixelRange&) const = default;
};

// The part of the image that a cell has seen. `rows` and `columns` may run beyond the image, into the padding
// (below 0 and from the height or width on); `imageRows` and `imageColumns` are what the image can change.
struct SeenPixels {
    PixelRange rows, columns;
    PixelRange imageRows, imageColumns;

    bool reachesPadding() const { return rows != imageRows || columns != imageColumns; }
    bool operator==(const SeenPixels&) const = default;
};

// Over the shortest way from the image (every unit left by its shortcut: 11 pixels from stage 1 to the last
// unit) and over the longest (59, 179, 547 and 899 pixels at the ends of ResNet-34's stages). Where shortcuts
// skip pixels by their stride, the range is from the first to the last pixel seen.
struct SeenRange {
    SeenPixels shortest;
    SeenPixels longest;
};

// What cell (y, x) of a step's output has seen; for `inputStep` it is the pixel itself. The cell must be one
// of the output's.
SeenRange seenBy(const Graph& graph, StepId step, int y, int x);

}  // namespace resnet
