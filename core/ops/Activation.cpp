#include "core/ops/Activation.h"

#include "core/ops/ParallelCells.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace resnet {

namespace {

using Function = ActivationFunction;

constexpr std::array allFunctions{Function::Identity, Function::ReLU6,  Function::LeakyReLU,
                                  Function::ELU,      Function::Swish,  Function::GELU,
                                  Function::Tanh,     Function::Sigmoid};

double sigmoid(double value) {
    return 1.0 / (1.0 + std::exp(-value));
}

double normalDistribution(double value) {
    return 0.5 * (1.0 + std::erf(value * std::numbers::sqrt2 / 2.0));
}

double normalDensity(double value) {
    return std::exp(-0.5 * value * value) * std::numbers::inv_sqrtpi / std::numbers::sqrt2;
}

}  // namespace

std::string_view name(ActivationFunction function) {
    switch (function) {
        case Function::Identity:
            return "identity";
        case Function::ReLU6:
            return "ReLU6";
        case Function::LeakyReLU:
            return "leaky ReLU";
        case Function::ELU:
            return "ELU";
        case Function::Swish:
            return "swish";
        case Function::GELU:
            return "GELU";
        case Function::Tanh:
            return "tanh";
        case Function::Sigmoid:
            return "sigmoid";
    }
    return "";
}

std::optional<ActivationFunction> activationFunctionNamed(std::string_view text) {
    for (const Function function : allFunctions)
        if (name(function) == text)
            return function;
    return std::nullopt;
}

double activated(ActivationFunction function, double slope, double value) {
    switch (function) {
        case Function::Identity:
            return value;
        case Function::ReLU6:
            return std::isnan(value) ? value : std::clamp(value, 0.0, 6.0);
        case Function::LeakyReLU:
            return value < 0.0 ? slope * value : value;
        case Function::ELU:
            return value < 0.0 ? slope * std::expm1(value) : value;
        case Function::Swish:
            // exp(-x) overflows where x is far below 0, and -infinity would give 0 times infinity.
            return value < -700.0 ? 0.0 : value * sigmoid(value);
        case Function::GELU:
            return value < -40.0 ? 0.0 : value * normalDistribution(value);
        case Function::Tanh:
            return std::tanh(value);
        case Function::Sigmoid:
            return sigmoid(value);
    }
    return value;
}

double activationDerivative(ActivationFunction function, double slope, double value) {
    switch (function) {
        case Function::Identity:
            return 1.0;
        case Function::ReLU6:
            return value > 0.0 && value <= 6.0 ? 1.0 : 0.0;
        case Function::LeakyReLU:
            return value <= 0.0 ? slope : 1.0;
        case Function::ELU:
            return value <= 0.0 ? slope * std::exp(value) : 1.0;
        case Function::Swish: {
            const double s = sigmoid(value);
            return s + value * s * (1.0 - s);
        }
        case Function::GELU:
            return normalDistribution(value) + value * normalDensity(value);
        case Function::Tanh: {
            const double t = std::tanh(value);
            return 1.0 - t * t;
        }
        case Function::Sigmoid: {
            const double s = sigmoid(value);
            return s * (1.0 - s);
        }
    }
    return 0.0;
}

bool isNeverNegative(ActivationFunction function) {
    return function == Function::ReLU6 || function == Function::Sigmoid;
}

void activation(const MapsView& input, ActivationFunction function, double slope,
                const MutableMapsView& output, const std::stop_token& stop) {
    const std::size_t channels = std::size_t(output.shape.channels);
    forCellRanges(output, stop, [&](std::size_t cell, std::size_t count) {
        const float* in = input.values + cell * channels;
        float* out = output.values + cell * channels;
        for (std::size_t i = 0; i < count * channels; ++i)
            out[i] = float(activated(function, slope, in[i]));
    });
}

void activationBackward(const MapsView& gradient, const MapsView& values, ActivationFunction function,
                        double slope, const MutableMapsView& output, const std::stop_token& stop) {
    const std::size_t channels = std::size_t(output.shape.channels);
    forCellRangesBack(
        gradient, values, output, stop,
        [&](const float* from, const float* by, float* to, std::size_t cell, std::size_t count) {
            for (std::size_t i = cell * channels; i < (cell + count) * channels; ++i)
                to[i] = float(from[i] * activationDerivative(function, slope, by[i]));
        });
}

}  // namespace resnet
