#pragma once

#include "core/inference/FusedExecutor.h"

#include <vector>

namespace resnet {

// What a network says of one input, or on average of several: class scores and their softmax.
struct Prediction {
    std::vector<float> logits;
    std::vector<float> probabilities;

    // The class with the highest score; of equal ones the first.
    int top() const;
    bool operator==(const Prediction&) const = default;
};

// Of a run that is complete, and of the last pass of a fused executor.
Prediction predictionOf(const Run& run);
Prediction predictionOf(const FusedExecutor& executor, int image = 0);

// Kullback-Leibler divergence of a prediction from a reference, in nats: the sum over the classes of
// p * (log p - log q), p of the reference; 0 for equal logits, bit for bit. From the logits in double
// precision, so that a probability that rounds to 0 does no harm. NaN where a logit is not finite.
double divergence(const Prediction& reference, const Prediction& prediction);
double divergence(std::span<const float> referenceLogits, std::span<const float> logits);

// Cross-entropy of a class, in nats: log of the sum of exp(logits), minus the logit of the class.
double crossEntropy(std::span<const float> logits, int classIndex);

}  // namespace resnet
