#pragma once

#include "core/inference/BackwardExecutor.h"

#include <optional>
#include <stop_token>
#include <vector>

namespace resnet {

// The gradient of a score at the input, split by the number of units whose F(x) it passes. A network of n
// units has 2^n ways through, binomial(n, k) of them through k of the F(x); with the masks of the ReLUs held
// the gradient is the sum over all ways, and this is that sum, sorted by k, exactly: nothing is sampled
// (Veit et al., "Residual Networks Behave Like Ensembles of Relatively Shallow Networks", arXiv 1605.06431,
// figure 6, sample ways and multiply by their number).
struct PathLengths {
    std::vector<FeatureMapsPtr> parts;  // at the input; null where 0 everywhere
    std::vector<double> norms;          // Euclidean
    std::vector<double> ways;           // binomial(units with a sum, k)
    double whole = 0.0;                 // norm of the whole gradient, computed on its own
    // The largest difference between it and the sum of the parts, over its largest magnitude.
    double sumError = 0.0;
};

// Nothing when stopped. Throws Error like BackwardExecutor::run().
std::optional<PathLengths> pathLengths(BackwardExecutor& backward, const Run& run,
                                       const GradientTarget& target, const std::stop_token& stop = {});

}  // namespace resnet
