#pragma once

#include "core/explain/Trace.h"

#include <optional>

namespace resnet {

// A number that another one was made from: a cell of an earlier step's output, or of the input.
struct TraceSource {
    StepId step = inputStep;
    int channel = 0;
    int y = 0;
    int x = 0;

    bool operator==(const TraceSource&) const = default;
};

// The number that did most for a traced one: the cell with the largest product in a convolution's strongest
// channel, the winner of a max pool, the larger term of a sum, the largest cell of a mean, the feature with
// the largest product, a class's own score; else the one it was made from. Following it from step to step
// leads to the image.
TraceSource strongestSource(const Graph& graph, const Trace& trace);

}  // namespace resnet
