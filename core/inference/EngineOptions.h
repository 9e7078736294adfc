#pragma once

#include "core/ops/ConvolutionAlgorithm.h"
#include "core/ops/Isa.h"

#include <optional>

namespace resnet {

// How the engine computes: passes and explanations alike. The defaults are the fastest; the rest is for tests
// and measurements.
struct EngineOptions {
    int threads = 0;         // 0: all the machine has
    std::optional<Isa> isa;  // else the best of this processor
    std::optional<ConvolutionAlgorithm>
        algorithm;  // for every convolution it is applicable to; else by the table
};

}  // namespace resnet
