#pragma once

#include "core/ops/Maps.h"

#include <optional>
#include <stop_token>
#include <string_view>

namespace resnet {

// What an activation makes of one value x; `slope` is a setting of two of them, for x below 0:
//   Identity   x
//   ReLU6      min(max(x, 0), 6)
//   LeakyReLU  x, below 0: slope * x
//   ELU        x, below 0: slope * (exp(x) - 1)
//   Swish      x / (1 + exp(-x))
//   GELU       x * (1 + erf(x / sqrt(2))) / 2     (Hendrycks & Gimpel, "Gaussian Error Linear Units", 2016)
//   Tanh       (exp(x) - exp(-x)) / (exp(x) + exp(-x))
//   Sigmoid    1 / (1 + exp(-x))
// ReLU, max(x, 0), is a step of its own (Relu.h): it is what the engine fuses.
enum class ActivationFunction { Identity, ReLU6, LeakyReLU, ELU, Swish, GELU, Tanh, Sigmoid };

// "identity", "ReLU6", "leaky ReLU", "ELU", "swish", "GELU", "tanh", "sigmoid".
std::string_view name(ActivationFunction function);
// By the name above. Nothing for any other.
std::optional<ActivationFunction> activationFunctionNamed(std::string_view name);

// The function of one value, in double precision.
double activated(ActivationFunction function, double slope, double value);
// Its derivative there; at the corner of ReLU6, leaky ReLU and ELU that of the left side.
double activationDerivative(ActivationFunction function, double slope, double value);
// Whether no value it gives is below 0.
bool isNeverNegative(ActivationFunction function);

// output = function(input), value by value. `output` may be the input.
void activation(const MapsView& input, ActivationFunction function, double slope,
                const MutableMapsView& output, const std::stop_token& stop = {});

// output = gradient * derivative at `values`, the operation's input; one image of it stands for all.
void activationBackward(const MapsView& gradient, const MapsView& values, ActivationFunction function,
                        double slope, const MutableMapsView& output, const std::stop_token& stop = {});

}  // namespace resnet
