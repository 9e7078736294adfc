#pragma once

#include "core/tensor/Tensor.h"

#include <functional>
#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

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

// torchvision's name, or one that others give the same parameter.
struct OtherNames {
    const char* scheme;
    const char* note;  // part of what is to be told of it; empty: nothing
    std::function<std::string(const std::string&)> rename;
};

// Replaces in the order given, each once.
inline std::string replacedAll(std::string text,
                               std::initializer_list<std::pair<std::string, std::string>> replacements) {
    for (const auto& [from, to] : replacements)
        text = replaced(std::move(text), from, to);
    return text;
}

// "layer2.3." becomes stage + 2 + unit + 3, and the numbers are moved by so much.
inline std::string withPlaces(const std::string& name, const std::string& stage, int stageBy,
                              const std::string& unit, int unitBy) {
    if (!name.starts_with("layer"))
        return name;
    const std::size_t dot = name.find('.', 7);
    return stage + std::to_string(name[5] - '0' + stageBy) + unit +
           std::to_string(std::stoi(name.substr(7, dot - 7)) + unitBy) + name.substr(dot);
}

inline const std::vector<OtherNames>& otherNames() {
    using Name = const std::string&;
    static const auto before = [](const char* prefix) {
        return [prefix](Name name) { return prefix + name; };
    };
    static const std::vector<OtherNames> all{
        {"torchvision", "", [](Name name) { return name; }},
        {"module.", "found under 'module'", before("module.")},
        {"_orig_mod.module.", "found under '_orig_mod.module'", before("_orig_mod.module.")},
        {"model.backbone", "found under 'state_dict.model.backbone'", before("state_dict.model.backbone.")},
        {"Hugging Face", "Hugging Face's", huggingFace},
        {"module.Hugging Face", "Hugging Face's", [](Name name) { return "module." + huggingFace(name); }},
        {"fc.1", "'fc.1' is fc", [](Name name) { return replaced(name, "fc.", "fc.1."); }},
        {"head.fc", "'head.fc' is fc", [](Name name) { return replaced(name, "fc.", "head.fc."); }},
        {"backbone and head", "found under 'backbone'",
         [](Name name) { return name.starts_with("fc.") ? "head." + name : "backbone." + name; }},
        {"shortcut, linear", "'shortcut.0' is downsample.0, 'shortcut.1' is downsample.1",
         [](Name name) {
             return replacedAll(name, {{"downsample", "shortcut"}, {"fc.", "linear."}});
         }},
        {"identity_downsample", "'identity_downsample.0' is downsample.0",
         [](Name name) { return replaced(name, "downsample", "identity_downsample"); }},
        {"stages", "'stage1.0' is layer1.0", [](Name name) { return replaced(name, "layer", "stage"); }},
        {"stages.0.blocks.1", "'stages.0.blocks.0' is layer1.0",
         [](Name name) { return withPlaces(name, "stages.", -1, ".blocks.", 0); }},
        {"conv2_x", "'conv2_x.0' is layer1.0",
         [](Name name) {
             return replacedAll(name, {{"layer1", "conv2_x"}, {"layer2", "conv3_x"}});
         }},
        {"residual_function", "'residual_function.3' is conv2",
         [](Name name) {
             if (name.find(".conv3") != name.npos || name.find(".bn3") != name.npos ||
                 !name.starts_with("layer"))
                 return replacedAll(name, {{".conv3.", ".residual_function.6."},
                                           {".bn3.", ".residual_function.7."},
                                           {"bn1.", "conv1.1."},
                                           {"conv1.weight", "conv1.0.weight"}});
             return replacedAll(name, {{".conv1.", ".residual_function.0."},
                                       {".bn1.", ".residual_function.1."},
                                       {".conv2.", ".residual_function.3."},
                                       {".bn2.", ".residual_function.4."},
                                       {"downsample", "shortcut"}});
         }},
        {"norm1", "'norm1' is bn1",
         [](Name name) {
             return replacedAll(
                 name,
                 {{"bn", "norm"}, {"downsample.1", "downsample_norm"}, {"downsample.0", "downsample_conv"}});
         }},
        {"wrapped pairs", "'conv1.conv' is conv1",
         [](Name name) {
             return replacedAll(name, {{"conv1.", "conv1.conv."},
                                       {"bn1.", "conv1.bn."},
                                       {"conv2.", "conv2.conv."},
                                       {"bn2.", "conv2.bn."},
                                       {"conv3.", "conv3.conv."},
                                       {"bn3.", "conv3.bn."},
                                       {"downsample.0", "skip.conv"},
                                       {"downsample.1", "skip.bn"}});
         }},
        {"norms in convolutions", "'conv1.norm' is bn1",
         [](Name name) {
             return replacedAll(withPlaces(name, "res", 1, ".", 0), {{"bn1.", "conv1.norm."},
                                                                     {"bn2.", "conv2.norm."},
                                                                     {"bn3.", "conv3.norm."},
                                                                     {"downsample.1", "shortcut.norm"},
                                                                     {"downsample.0", "shortcut"}});
         }},
        {"features and body", "'init_block.conv' is conv1",
         [](Name name) {
             std::string text = withPlaces(name, "stage", 0, ".unit", 1);
             if (!name.starts_with("layer"))
                 text = replacedAll(
                     name, {{"conv1.", "init_block.conv."}, {"bn1.", "init_block.bn."}, {"fc.", "output."}});
             text = replacedAll(text, {{".conv1.", ".body.conv1.conv."},
                                       {".bn1.", ".body.conv1.bn."},
                                       {".conv2.", ".body.conv2.conv."},
                                       {".bn2.", ".body.conv2.bn."},
                                       {".conv3.", ".body.conv3.conv."},
                                       {".bn3.", ".body.conv3.bn."},
                                       {"downsample.0", "identity_conv.conv"},
                                       {"downsample.1", "identity_conv.bn"}});
             return name.starts_with("fc.") ? text : "features." + text;
         }},
        {"children", "'4.0' is layer1.0",
         [](Name name) {
             std::string text = withPlaces(name, "", 3, ".", 0);
             if (!name.starts_with("layer"))
                 text = replacedAll(name, {{"conv1.", "0."}, {"bn1.", "1."}});
             return name.starts_with("fc.") ? name : "backbone." + text;
         }},
        {"fastai's body", "'4.0' is layer1.0",
         [](Name name) {
             std::string text = withPlaces(name, "0.", 3, ".", 0);
             return name.starts_with("layer")
                        ? text
                        : replacedAll(name, {{"conv1.", "0.0."}, {"bn1.", "0.1."}, {"fc.", "1.3."}});
         }},
        {"blocks in a row", "'blocks.0' is layer1.0",
         [](Name name) {
             if (!name.starts_with("layer"))
                 return name;
             const std::size_t dot = name.find('.', 7);
             const int unit = std::stoi(name.substr(7, dot - 7));
             return "blocks." + std::to_string(name[5] == '1' ? unit : unit + 2) + name.substr(dot);
         }},
    };
    return all;
}

}  // namespace resnet
