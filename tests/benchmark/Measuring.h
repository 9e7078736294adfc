#pragma once

#include "core/tensor/FeatureMaps.h"

#include <algorithm>
#include <chrono>
#include <memory>
#include <vector>

// What the benchmarks of the engine measure with.
namespace resnet::benchmarks {

using Clock = std::chrono::steady_clock;

inline double millisecondsSince(Clock::time_point began) {
    return std::chrono::duration<double, std::milli>(Clock::now() - began).count();
}

template <class Body>
double timed(const Body& body) {
    const auto began = Clock::now();
    body();
    return millisecondsSince(began);
}

inline double median(std::vector<double> values) {
    std::ranges::sort(values);
    return values[values.size() / 2];
}

inline FeatureMapsPtr someInput(const FeatureShape& shape) {
    auto maps = std::make_shared<FeatureMaps>(shape);
    for (std::size_t i = 0; i < maps->size(); ++i)
        maps->data()[i] = float(int(i * 2654435761u >> 20 & 1023)) / 256.0f - 2.0f;
    return maps;
}

}  // namespace resnet::benchmarks
