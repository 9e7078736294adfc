#pragma once

#include "core/network/Graph.h"
#include "core/tensor/Tensor.h"

#include <cstdint>
#include <span>

namespace resnet {

// SplitMix64 (Steele, Lea, Flood: "Fast Splittable Pseudorandom Number Generators", 2014). Kept here because
// the standard library's distributions differ from one implementation to the next.
class Random {
public:
    explicit Random(std::uint64_t seed) : m_state(seed) {}

    std::uint64_t next() {
        std::uint64_t z = (m_state += 0x9e3779b97f4a7c15ULL);
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
        return z ^ (z >> 31);
    }

    // In [0, 1), on a grid of 2^-53.
    double uniform() { return double(next() >> 11) * 0x1.0p-53; }

private:
    std::uint64_t m_state;
};

// Quantile of the standard normal distribution for 0 < p < 1, to a relative error of 1.2e-9. It uses only
// + - * / and square roots away from the tails, which every IEEE machine rounds alike.
double normalQuantile(double p);

// Parameters as Keras would start them, from a seed, the same on every machine:
//   kernels       He-normal: N(0, s) cut at 2 s with s = sqrt(2 / fan-in) / 0.87962566, so that what is left
//                 after the cut has standard deviation sqrt(2 / fan-in) (He et al., "Delving Deep into
//                 Rectifiers", 2015)
//   dense matrix  Glorot-uniform: U(-l, l), l = sqrt(6 / (fan-in + fan-out)) (Glorot & Bengio, 2010)
//   bias, beta 0; gamma 1; running mean 0; running variance 1
StateDict initialParameters(const Graph& graph, std::uint64_t seed);
// Those of some steps alone, as if there were no others.
StateDict initialParameters(std::span<const Step> steps, std::uint64_t seed);

}  // namespace resnet
