#pragma once

#include "core/tensor/FeatureMaps.h"

#include <chrono>
#include <memory>

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

inline FeatureMapsPtr someInput(const FeatureShape& shape) {
    auto maps = std::make_shared<FeatureMaps>(shape);
    for (std::size_t i = 0; i < maps->size(); ++i)
        maps->data()[i] = float(int(i * 2654435761u >> 20 & 1023)) / 256.0f - 2.0f;
    return maps;
}

}  // namespace resnet::benchmarks
