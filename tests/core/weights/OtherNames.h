#pragma once

#include "core/tensor/Tensor.h"

#include <functional>
#include <string>

namespace resnet {

// What others call a network's parameters.

inline std::string replaced(std::string text, const std::string& from, const std::string& to) {
    const std::size_t at = text.find(from);
    return at == text.npos ? text : text.replace(at, from.size(), to);
}

inline StateDict renamed(const StateDict& parameters,
                         const std::function<std::string(const std::string&)>& rename) {
    StateDict result;
    for (const auto& [name, tensor] : parameters)
        result[rename(name)] = tensor;
    return result;
}

// torchvision's name as Hugging Face's transformers writes it.
inline std::string huggingFace(const std::string& name) {
    std::string text = name;
    const std::size_t dot = name.find('.', 7);
    if (name.starts_with("layer")) {
        const int stage = name[5] - '1';
        text = "resnet.encoder.stages." + std::to_string(stage) + ".layers." + name.substr(7, dot - 7) + "." +
               name.substr(dot + 1);
        for (const char* number : {"1", "2"}) {
            const std::string layer = "layer." + std::to_string(number[0] - '1');
            text = replaced(text, std::string(".conv") + number, "." + layer + ".convolution");
            text = replaced(text, std::string(".bn") + number, "." + layer + ".normalization");
        }
        text = replaced(text, ".downsample.0", ".shortcut.convolution");
        return replaced(text, ".downsample.1", ".shortcut.normalization");
    }
    text = replaced(text, "conv1.", "resnet.embedder.embedder.convolution.");
    text = replaced(text, "bn1.", "resnet.embedder.embedder.normalization.");
    return replaced(text, "fc.", "classifier.1.");
}

}  // namespace resnet
