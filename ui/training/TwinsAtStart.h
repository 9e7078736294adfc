#pragma once

#include "core/attribution/GradientWalk.h"
#include "ui/painting/LineChart.h"
#include "ui/training/TrainingResources.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace resnet::ui {

// The twins as they would start from a seed, every kernel that both have the same, their batch norms measured
// over squares of the sample photographs as in a step of training; and as they were after it. Of one picture.
struct TwinAtStart {
    std::vector<double> gradientNorms;  // at the output of each unit, of a score, at the start
    GradientWalk walk;                  // to another picture, at the start
    // Root mean square of what leaves each unit, and of F(x) where it is added to something.
    std::vector<double> streamAtStart, streamTrained;
    std::vector<std::optional<double>> branchAtStart, branchTrained;
};
struct TwinsAtStart {
    std::uint64_t seed = 0;
    int pictures = 0;  // that batch norm was measured over
    TwinAtStart residual, plain;
};

// Nothing when stopped. Throws Error for files that cannot be read.
std::optional<TwinsAtStart> twinsAtStart(const TrainingResources& resources, std::uint64_t seed,
                                         const EngineOptions& options, const std::stop_token& stop);

// Norms of the gradient as powers of ten, and its likeness along the walk.
std::vector<LineChart> gradientCharts(const TwinsAtStart& of);
// What leaves each unit, and F(x), as powers of ten.
std::vector<LineChart> streamCharts(const TwinsAtStart& of);
// What both say, in a sentence or two.
QString gradientFinding(const TwinsAtStart& of);
QString streamFinding(const TwinsAtStart& of);

}  // namespace resnet::ui
