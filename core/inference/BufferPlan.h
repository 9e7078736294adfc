#pragma once

#include "core/inference/Sweep.h"

#include <vector>

namespace resnet {

// Which buffer each sweep's result goes to, so that buffers are used again as soon as nothing reads them any
// more.
struct BufferPlan {
    std::vector<int> bufferOfSweep;
    std::vector<std::size_t> bufferSizes;  // floats for one image
};

BufferPlan planBuffers(const Graph& graph, const std::vector<Sweep>& sweeps);

}  // namespace resnet
