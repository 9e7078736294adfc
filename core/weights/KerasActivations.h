#pragma once

#include "core/network/Layers.h"
#include "core/weights/KerasSettingsReader.h"

#include <optional>
#include <string>

namespace resnet {

// The step that an activation is.
struct KerasActivation {
    StepKind kind{};
    StepSettings settings;
};

// By Keras' word for the function: "relu", "swish", "softmax", ...; nothing for "linear". Throws Error naming
// the layer for one that this program does not compute.
std::optional<KerasActivation> activationNamed(const KerasSettingsReader& settings,
                                               const std::string& function);

// Of a layer of the class Activation, ReLU, LeakyReLU, ELU or Softmax, or an object that stands for one
// (KerasSettingsReader::activation()), by which the layer refuses.
std::optional<KerasActivation> statedActivation(const KerasNode& node);

}  // namespace resnet
