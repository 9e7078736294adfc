#pragma once

#include "core/inference/BackwardExecutor.h"
#include "core/inference/Executor.h"

#include <optional>
#include <stop_token>
#include <vector>

namespace resnet {

// The gradient of a score at places of the straight way from one input to another, and how alike those are
// that lie `lag` places apart: the cosine of the two, its mean over all such pairs. In a deep network without
// shortcuts it falls to 0 within a short way, like that of white noise (Balduzzi et al., "The Shattered
// Gradients Problem", arXiv 1702.08591).
struct GradientWalk {
    std::vector<double> share;     // of the way that `lag` places are: 0 to 1
    std::vector<double> likeness;  // by lag; 1 at 0. NaN where no gradient is there
    std::vector<double> norms;     // of the gradient, by place
};

// `points` is 2 to 200. Nothing when stopped. Throws Error like BackwardExecutor::run().
std::optional<GradientWalk> gradientWalk(Executor& forward, BackwardExecutor& backward,
                                         const FeatureMaps& from, const FeatureMaps& to, int points,
                                         int classIndex, const std::stop_token& stop = {});

}  // namespace resnet
