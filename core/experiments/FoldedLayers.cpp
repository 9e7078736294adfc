#include "core/experiments/FoldedLayers.h"

#include "core/explain/BatchNormFolding.h"

#include <cassert>
#include <cmath>
#include <limits>

namespace resnet {

Tensor foldedLayer(const Network& network, StepId convolution, StepId batchNorm) {
    const Tensor& weight = network.parameter(convolution, "weight");
    const std::size_t channels = std::size_t(weight.shape.front());
    const std::size_t perChannel = weight.values.size() / channels;
    Tensor folded{{std::int64_t(weight.values.size() + channels)}, {}};
    folded.values.reserve(weight.values.size() + channels);
    std::vector<float> shifts;
    const std::vector<float> bias = network.channelValues(convolution, "bias");
    for (std::size_t c = 0; c < channels; ++c) {
        const BatchNormLine line = batchNormLine(network, batchNorm, int(c));
        for (std::size_t i = 0; i < perChannel; ++i)
            folded.values.push_back(float(weight.values[c * perChannel + i] * line.scale));
        shifts.push_back(float(line.scale * bias[c] + line.shift));
    }
    folded.values.insert(folded.values.end(), shifts.begin(), shifts.end());
    return folded;
}

double relativeDifference(const Tensor& a, const Tensor& b) {
    assert(a.values.size() == b.values.size());
    double difference = 0.0;
    double norm = 0.0;
    for (std::size_t i = 0; i < a.values.size(); ++i) {
        difference += std::pow(double(b.values[i]) - a.values[i], 2);
        norm += double(a.values[i]) * a.values[i];
    }
    if (difference == 0.0)
        return 0.0;
    return norm > 0.0 ? std::sqrt(difference / norm) : std::numeric_limits<double>::infinity();
}

}  // namespace resnet
