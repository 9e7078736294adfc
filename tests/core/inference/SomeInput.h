#pragma once

#include "core/inference/PackedNetwork.h"
#include "core/inference/Run.h"

#include <cstring>
#include <memory>
#include <span>

namespace resnet {

// Numbers between -2 and 2 in no order that a pass could profit from; another seed gives others.
inline FeatureMapsPtr someInput(const FeatureShape& shape, int seed = 0) {
    auto input = std::make_shared<FeatureMaps>(shape);
    for (std::size_t i = 0; i < input->size(); ++i)
        input->data()[i] = float(int((i + std::size_t(seed) * 31) * 7919 % 2003) - 1001) / 500.0f;
    return input;
}

inline FeatureMapsPtr someInput(const PackedNetwork& packed, int seed = 0) {
    return someInput(packed.network()->spec().inputShape(), seed);
}

inline bool sameBits(std::span<const float> a, const FeatureMaps& b) {
    return a.size() == b.size() && std::memcmp(a.data(), b.data(), a.size_bytes()) == 0;
}

inline bool sameBits(const FeatureMaps& a, const FeatureMaps& b) {
    return a.shape() == b.shape() && sameBits(std::span(a.data(), a.size()), b);
}

inline const FeatureMaps& logitsOf(const Run& run) {
    return *run.output(run.graph().logitsStep());
}

// Of every step.
inline bool sameBits(const Run& a, const Run& b) {
    for (StepId step = 0; step < a.stepCount(); ++step)
        if (!sameBits(*a.output(step), *b.output(step)))
            return false;
    return true;
}

}  // namespace resnet
