#include "core/inference/BufferPlan.h"

#include <algorithm>

namespace resnet {

namespace {

bool readsResult(const Sweep& reader, const Sweep& of) {
    return reader.input == of.result() || reader.shortcut == of.result();
}

// Index of the last sweep that reads the result of sweep `of`; that of the sweep itself if none does.
std::size_t lastReader(const std::vector<Sweep>& sweeps, std::size_t of) {
    for (std::size_t i = sweeps.size() - 1; i > of; --i)
        if (readsResult(sweeps[i], sweeps[of]))
            return i;
    return of;
}

}  // namespace

BufferPlan planBuffers(const Graph& graph, const std::vector<Sweep>& sweeps) {
    BufferPlan plan;
    std::vector<std::size_t> busyUntil;  // by buffer: the last sweep that reads it
    for (std::size_t i = 0; i < sweeps.size(); ++i) {
        const auto idle = std::ranges::find_if(busyUntil, [&](std::size_t reader) { return reader < i; });
        const std::size_t buffer = std::size_t(idle - busyUntil.begin());
        if (idle == busyUntil.end()) {
            busyUntil.emplace_back();
            plan.bufferSizes.push_back(0);
        }
        busyUntil[buffer] = lastReader(sweeps, i);
        plan.bufferSizes[buffer] =
            std::max(plan.bufferSizes[buffer], graph.outputShape(sweeps[i].result()).size());
        plan.bufferOfSweep.push_back(int(buffer));
    }
    return plan;
}

}  // namespace resnet
