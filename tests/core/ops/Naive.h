#pragma once

#include "core/ops/ConvolutionAlgorithm.h"
#include "core/tensor/FeatureMaps.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <vector>

// Operations as their formulas say, in double precision, and data to compare on.
namespace resnet::naive {

// Numbers between -1 and 1.
inline std::vector<float> someValues(std::size_t count, std::uint32_t seed) {
    std::vector<float> values(count);
    std::uint32_t state = seed * 2654435761u + 1u;
    for (float& value : values) {
        state = state * 1664525u + 1013904223u;
        value = float(state >> 8) / float(1 << 23) - 1.0f;
    }
    return values;
}

inline FeatureMaps someMaps(const FeatureShape& shape, std::uint32_t seed) {
    FeatureMaps maps(shape);
    std::ranges::copy(someValues(shape.size(), seed), maps.data());
    return maps;
}

inline FeatureMaps convolution(const FeatureMaps& in, const ConvolutionShape& shape,
                               const std::vector<float>& weights) {
    FeatureMaps out(shape.output);
    const int k = shape.kernel;
    for (int o = 0; o < out.channels(); ++o)
        for (int y = 0; y < out.height(); ++y)
            for (int x = 0; x < out.width(); ++x) {
                double sum = 0.0;
                for (int i = 0; i < in.channels(); ++i)
                    for (int ky = 0; ky < k; ++ky)
                        for (int kx = 0; kx < k; ++kx) {
                            const int iy = y * shape.stride + ky - shape.padTop;
                            const int ix = x * shape.stride + kx - shape.padLeft;
                            if (iy >= 0 && iy < in.height() && ix >= 0 && ix < in.width())
                                sum += double(in.at(i, iy, ix)) *
                                       weights[((std::size_t(o) * in.channels() + i) * k + ky) * k + kx];
                        }
                out.at(o, y, x) = float(sum);
            }
    return out;
}

// Largest difference over the largest magnitude of `expected`.
inline double relativeError(const float* actual, const FeatureMaps& expected) {
    double worst = 0.0;
    double largest = 0.0;
    for (std::size_t i = 0; i < expected.size(); ++i) {
        worst = std::max(worst, std::abs(double(actual[i]) - expected.data()[i]));
        largest = std::max(largest, std::abs(double(expected.data()[i])));
    }
    return worst / largest;
}

inline double relativeError(const FeatureMaps& actual, const FeatureMaps& expected) {
    return actual.shape() == expected.shape() ? relativeError(actual.data(), expected)
                                              : std::numeric_limits<double>::infinity();
}

}  // namespace resnet::naive
