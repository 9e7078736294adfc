#include "core/network/Initialization.h"

#include "core/network/Random.h"

#include <algorithm>
#include <cmath>

namespace resnet {

namespace {

// P(Z < -2) of the standard normal distribution.
constexpr double belowTwoDeviations = 0.022750131948179207;
// Deviation of the standard normal distribution cut at two deviations.
constexpr double cutDeviation = 0.87962566103423978;

void fillHeNormal(Tensor& kernel, double fanIn, Random& random) {
    const double deviation = std::sqrt(2.0 / fanIn) / cutDeviation;
    for (float& value : kernel.values) {
        const double p = belowTwoDeviations + random.uniform() * (1.0 - 2.0 * belowTwoDeviations);
        value = float(deviation * std::clamp(normalQuantile(p), -2.0, 2.0));
    }
}

void fillGlorotUniform(Tensor& matrix, double fanIn, double fanOut, Random& random) {
    const double limit = std::sqrt(6.0 / (fanIn + fanOut));
    for (float& value : matrix.values)
        value = float((2.0 * random.uniform() - 1.0) * limit);
}

bool startsAtOne(const Step& step, const ParameterInfo& parameter) {
    return step.kind == StepKind::BatchNorm &&
           (parameter.name.ends_with(".weight") || parameter.name.ends_with(".running_var"));
}

}  // namespace

StateDict initialParameters(const Graph& graph, std::uint64_t seed) {
    StateDict parameters;
    Random random(seed);
    for (const ParameterInfo& parameter : parametersOf(graph)) {
        const Step& step = graph.step(parameter.step);
        Tensor tensor{parameter.shape, {}};
        tensor.values.assign(std::size_t(elementCount(parameter.shape)),
                             startsAtOne(step, parameter) ? 1.0f : 0.0f);
        if (step.kind == StepKind::Convolution)
            fillHeNormal(tensor, double(elementCount(parameter.shape)) / double(parameter.shape[0]), random);
        else if (step.kind == StepKind::Dense && parameter.shape.size() == 2)
            fillGlorotUniform(tensor, double(parameter.shape[1]), double(parameter.shape[0]), random);
        parameters.emplace(parameter.name, std::move(tensor));
    }
    return parameters;
}

}  // namespace resnet
