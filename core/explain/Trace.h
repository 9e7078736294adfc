#pragma once

#include "core/explain/TraceKinds.h"

namespace resnet {

// How one number of a run's feature maps came to be, from the outputs of the steps before, with the run's
// edits.
struct Trace {
    StepId step = 0;
    int channel = 0;
    int y = 0;
    int x = 0;
    TraceKind how;
    double sum = 0.0;      // what `how` adds up to, in double precision
    float value = 0.0f;    // what the map holds
    double largest = 0.0;  // largest finite magnitude in the channel's map

    // sum - value; 0 if both are the same infinity or both are NaN.
    double difference() const;
    // Whether the sum is the map's number, within 1e-4 of the map's largest magnitude. A faster algorithm
    // than the plain sum may have computed the map.
    bool agrees() const;
};

// Throws Error that says what there is, if the step has no such cell.
void checkCell(const Graph& graph, StepId step, int channel, int y, int x);

// Throws Error like checkCell(), or if the step or one of its inputs is not computed.
Trace traceOf(const Run& run, StepId step, int channel, int y, int x);

}  // namespace resnet
