#include "core/explain/Trace.h"

#include "core/Error.h"

#include <cmath>

namespace resnet {

namespace {

double largestMagnitude(const FeatureMapView& map) {
    float largest = 0.0f;
    for (int y = 0; y < map.height; ++y)
        for (int x = 0; x < map.width; ++x) {
            const float magnitude = std::abs(map.at(y, x));
            if (magnitude > largest && std::isfinite(magnitude))
                largest = magnitude;
        }
    return largest;
}

std::string rangeText(int count) {
    return count == 1 ? "0" : "0 to " + std::to_string(count - 1);
}

void checkComputed(const Run& run, StepId id) {
    const Graph& graph = run.graph();
    const Step& step = graph.step(id);
    for (const StepId input : step.inputs)
        if (!run.has(input))
            throw Error(step.name + ": " + graph.stepName(input) + " is not computed yet");
    if (!run.has(id))
        throw Error(step.name + " is not computed yet");
}

}  // namespace

double Trace::difference() const {
    const bool same = sum == value || (std::isnan(sum) && std::isnan(value));
    return same ? 0.0 : sum - value;
}

bool Trace::agrees() const {
    return std::abs(difference()) <= 1e-4 * largest;
}

void checkCell(const Graph& graph, StepId id, int channel, int y, int x) {
    if (id < 0 || id >= graph.stepCount())
        throw Error("step " + std::to_string(id) + ": expected " + rangeText(graph.stepCount()));
    const Step& step = graph.step(id);
    const FeatureShape& shape = step.output;
    if (channel < 0 || channel >= shape.channels)
        throw Error(step.name + ": expected a channel from " + rangeText(shape.channels) + ", found " +
                    std::to_string(channel));
    if (y < 0 || y >= shape.height || x < 0 || x >= shape.width)
        throw Error(step.name + ": expected a cell from 0,0 to " + std::to_string(shape.height - 1) + "," +
                    std::to_string(shape.width - 1) + ", found " + std::to_string(y) + "," +
                    std::to_string(x));
}

Trace traceOf(const Run& run, StepId step, int channel, int y, int x) {
    Trace trace;
    trace.step = step;
    trace.channel = channel;
    trace.y = y;
    trace.x = x;
    checkCell(run.graph(), step, channel, y, x);
    checkComputed(run, step);
    const FeatureMaps& output = *run.output(step);
    trace.value = output.at(channel, y, x);
    trace.largest = largestMagnitude(output.channel(channel));
    explain(trace, run.graph().step(step), run);
    return trace;
}

}  // namespace resnet
