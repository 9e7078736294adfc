#include "core/experiments/Prediction.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>

namespace resnet {

namespace {

double logOfSum(std::span<const float> logits) {
    const double largest = *std::ranges::max_element(logits);
    double sum = 0.0;
    for (const float logit : logits)
        sum += std::exp(double(logit) - largest);
    return largest + std::log(sum);
}

}  // namespace

int Prediction::top() const {
    return int(std::ranges::max_element(logits) - logits.begin());
}

Prediction predictionOf(const Run& run) {
    const FeatureMaps& logits = *run.output(run.graph().logitsStep());
    const FeatureMaps& probabilities = *run.output(run.graph().softmaxStep());
    return {{logits.data(), logits.data() + logits.size()},
            {probabilities.data(), probabilities.data() + probabilities.size()}};
}

Prediction predictionOf(const FusedExecutor& executor, int image) {
    const std::span<const float> logits = executor.logits(image);
    const std::span<const float> probabilities = executor.probabilities(image);
    return {{logits.begin(), logits.end()}, {probabilities.begin(), probabilities.end()}};
}

double divergence(std::span<const float> referenceLogits, std::span<const float> logits) {
    assert(referenceLogits.size() == logits.size());
    const auto isFinite = [](float logit) { return std::isfinite(logit); };
    if (!std::ranges::all_of(referenceLogits, isFinite) || !std::ranges::all_of(logits, isFinite))
        return std::numeric_limits<double>::quiet_NaN();
    const double ofReference = logOfSum(referenceLogits);
    const double ofOther = logOfSum(logits);
    double sum = 0.0;
    for (std::size_t c = 0; c < logits.size(); ++c) {
        const double p = std::exp(referenceLogits[c] - ofReference);
        sum += p * ((referenceLogits[c] - ofReference) - (logits[c] - ofOther));
    }
    return std::max(sum, 0.0);  // rounding
}

double divergence(const Prediction& reference, const Prediction& prediction) {
    return divergence(reference.logits, prediction.logits);
}

double crossEntropy(std::span<const float> logits, int classIndex) {
    return logOfSum(logits) - logits[std::size_t(classIndex)];
}

}  // namespace resnet
