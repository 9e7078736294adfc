#pragma once

#include "core/inference/Gradients.h"

#include <optional>
#include <vector>

namespace resnet {

// Euclidean norms of the gradient of one number around a residual unit.
struct UnitGradient {
    double output = 0.0;
    double input = 0.0;  // at x, of both ways together
    // What reaches x through F(x), and through a shortcut that passes x on as it is; nothing where the
    // shortcut changes x or is not there, since then the two are not told apart.
    std::optional<double> mainPath;
    std::optional<double> shortcut;
};

struct GradientNorms {
    std::vector<std::optional<double>>
        steps;  // the input's, then each step's; nothing where it was not computed
    std::vector<UnitGradient> units;
};

// Of gradients that were kept at every step up to the number's.
GradientNorms gradientNorms(const Gradients& gradients);

}  // namespace resnet
