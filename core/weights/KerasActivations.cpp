#include "core/weights/KerasActivations.h"

#include <cstdio>

namespace resnet {

namespace {

using Function = ActivationFunction;

// What Keras takes for the slope where nothing is said.
constexpr double slopeOfLeakyFunction = 0.2;
constexpr double slopeOfLeakyLayer = 0.3;

KerasActivation curve(Function function, double slope = 0.0) {
    KerasActivation made{StepKind::Activation, {}};
    made.settings.function = function;
    made.settings.slope = slope;
    return made;
}

std::string shortNumber(double value) {
    char text[32];
    std::snprintf(text, sizeof text, "%g", value);
    return text;
}

// max_value, negative_slope and threshold of Keras' ReLU layer.
KerasActivation rectifier(const KerasSettingsReader& settings) {
    const double slope = settings.number("negative_slope", 0.0);
    const double threshold = settings.number("threshold", 0.0);
    if (threshold != 0.0)
        settings.refuse("threshold: expected 0, found " + shortNumber(threshold));
    if (settings.has("max_value")) {
        const double most = settings.number("max_value", 0.0);
        if (most != 6.0)
            settings.refuse("max_value: expected 6 or none, found " + shortNumber(most));
        if (slope != 0.0)
            settings.refuse("negative_slope: expected 0 with a max_value, found " + shortNumber(slope));
        return curve(Function::ReLU6);
    }
    return slope == 0.0 ? KerasActivation{StepKind::ReLU, {}} : curve(Function::LeakyReLU, slope);
}

}  // namespace

std::optional<KerasActivation> activationNamed(const KerasSettingsReader& settings,
                                               const std::string& function) {
    if (function == "linear")
        return std::nullopt;
    if (function == "relu")
        return KerasActivation{StepKind::ReLU, {}};
    if (function == "softmax")
        return KerasActivation{StepKind::Softmax, {}};
    if (function == "relu6")
        return curve(Function::ReLU6);
    if (function == "leaky_relu")
        return curve(Function::LeakyReLU, slopeOfLeakyFunction);
    if (function == "elu")
        return curve(Function::ELU, 1.0);
    if (function == "swish" || function == "silu")
        return curve(Function::Swish);
    if (function == "gelu")
        return curve(Function::GELU);
    if (function == "tanh")
        return curve(Function::Tanh);
    if (function == "sigmoid")
        return curve(Function::Sigmoid);
    settings.refuse(
        "activation '" + (function.size() > 60 ? function.substr(0, 57) + "..." : function) +
        "' is not one this program computes; it computes relu, relu6, leaky_relu, elu, swish, gelu, tanh, "
        "sigmoid and softmax");
}

std::optional<KerasActivation> statedActivation(const KerasNode& node) {
    const KerasSettingsReader settings(node);
    if (node.className == "Activation") {
        const KerasNode function = settings.activation("activation");
        return function.className == "Activation"
                   ? activationNamed(settings, function.config["activation"].get<std::string>())
                   : statedActivation(function);
    }
    if (node.className == "Softmax") {
        const std::vector<double> axis = settings.numbers("axis");
        if (!axis.empty() && axis != std::vector{-1.0} && axis != std::vector{1.0})
            settings.refuse("axis: expected the last one");
        return KerasActivation{StepKind::Softmax, {}};
    }
    if (node.className == "LeakyReLU" || node.className == "ELU") {
        const bool isLeaky = node.className == "LeakyReLU";
        const char* key = settings.has("negative_slope") ? "negative_slope" : "alpha";
        return curve(isLeaky ? Function::LeakyReLU : Function::ELU,
                     settings.number(key, isLeaky ? slopeOfLeakyLayer : 1.0));
    }
    return node.className == "ReLU" ? rectifier(settings) : activationNamed(settings, node.className);
}

}  // namespace resnet
