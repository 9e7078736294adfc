#include "core/network/Initialization.h"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace resnet {

namespace {

template <int N>
double polynomial(const double (&coefficients)[N], double x) {
    double value = 0.0;
    for (const double coefficient : coefficients)
        value = value * x + coefficient;
    return value;
}

}  // namespace

// Rational approximation of P. J. Acklam, "An algorithm for computing the inverse normal cumulative
// distribution function" (2003).
double normalQuantile(double p) {
    assert(p > 0.0 && p < 1.0);
    constexpr double a[] = {-3.969683028665376e+01, 2.209460984245205e+02,  -2.759285104469687e+02,
                            1.383577518672690e+02,  -3.066479806614716e+01, 2.506628277459239e+00};
    constexpr double b[] = {-5.447609879822406e+01, 1.615858368580409e+02,  -1.556989798598866e+02,
                            6.680131188771972e+01,  -1.328068155288572e+01, 1.0};
    constexpr double c[] = {-7.784894002430293e-03, -3.223964580411365e-01, -2.400758277161838e+00,
                            -2.549732539343734e+00, 4.374664141464968e+00,  2.938163982698783e+00};
    constexpr double d[] = {7.784695709041462e-03, 3.224671290700398e-01, 2.445134137142996e+00,
                            3.754408661907416e+00, 1.0};
    // A hair below where Acklam changes over (0.02425), so that a normal cut at two standard deviations never
    // needs log().
    constexpr double tail = 0.0225;
    if (p < tail) {
        const double q = std::sqrt(-2.0 * std::log(p));
        return polynomial(c, q) / polynomial(d, q);
    }
    if (p > 1.0 - tail)
        return -normalQuantile(1.0 - p);
    const double q = p - 0.5;
    const double r = q * q;
    return polynomial(a, r) * q / polynomial(b, r);
}

namespace {

// P(Z < -2) of the standard normal distribution.
constexpr double belowTwoDeviations = 0.022750131948179207;
// Standard deviation of the standard normal distribution cut at two of them.
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

}  // namespace

StateDict initialParameters(const Graph& graph, std::uint64_t seed) {
    return initialParameters(graph.steps(), seed);
}

StateDict initialParameters(std::span<const Step> steps, std::uint64_t seed) {
    StateDict parameters;
    Random random(seed);
    const auto start = [&](const ParameterInfo& parameter) {
        Tensor tensor{parameter.shape, {}};
        const std::int64_t count = elementCount(parameter.shape);
        const auto outputs = double(parameter.shape.front());
        const double inputs = double(count) / outputs;  // that one output is made of
        tensor.values.assign(std::size_t(count), 0.0f);
        switch (parameter.start) {
            case ParameterKind::Start::Zero:
                break;
            case ParameterKind::Start::One:
                std::ranges::fill(tensor.values, 1.0f);
                break;
            case ParameterKind::Start::HeNormal:
                fillHeNormal(tensor, inputs, random);
                break;
            case ParameterKind::Start::GlorotUniform:
                fillGlorotUniform(tensor, inputs, outputs, random);
                break;
        }
        parameters.emplace(parameter.name, std::move(tensor));
    };
    for (const Step& step : steps)
        for (const ParameterInfo& parameter : parametersOf(step))
            start(parameter);
    return parameters;
}

}  // namespace resnet
