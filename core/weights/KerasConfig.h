#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace resnet {

// What a Keras file says of its network, under the keys of core/model/ModelMetadata.h, and notes for the
// user.
struct KerasSettings {
    std::map<std::string, std::string, std::less<>> metadata;
    std::set<std::string, std::less<>> guessed;  // keys of the metadata that the file does not say
    std::vector<std::string> notes;
};

// What wrote a file; empty where it does not say.
struct KerasOrigin {
    std::string version;  // "3.3.3"
    std::string backend;  // "tensorflow", "torch", "jax"
};

// Reads a model's configuration (JSON): input size, the first convolution's padding, the first batch norm's
// epsilon, a Rescaling layer. What it does not say is Keras' default: padding "same", epsilon 1e-3; pixels
// from 0 to 1 are a guess. An empty or broken configuration says nothing. Nothing in it is ever run, a Lambda
// layer least of all.
//
// Keras 3.0 to 3.8 computes projections differently on PyTorch (Padding::SameTorch). Where a file does not
// name the backend, TensorFlow's way is the guess.
KerasSettings readKerasConfig(std::string_view json, const KerasOrigin& origin = {});

}  // namespace resnet
