#include "core/weights/TorchNames.h"

#include <algorithm>
#include <array>
#include <functional>
#include <optional>
#include <string_view>
#include <utility>

namespace resnet {

namespace {

using Renaming = std::function<std::optional<std::string>(std::string_view)>;

// Renames what `renaming` has a new name for. A name that is taken already keeps its tensor.
void renameAll(StateDict& tensors, const Renaming& renaming) {
    std::vector<std::pair<std::string, std::string>> changes;
    for (const auto& [name, tensor] : tensors)
        if (auto renamed = renaming(name))
            changes.emplace_back(name, std::move(*renamed));
    for (auto& [from, to] : changes) {
        if (tensors.contains(to))
            continue;
        auto node = tensors.extract(from);
        node.key() = std::move(to);
        tensors.insert(std::move(node));
    }
}

// What stands before the name of the first kernel, such as "module.": the shortest if there are several
// networks.
std::string prefixOf(const StateDict& tensors) {
    constexpr std::array<std::string_view, 3> firstKernels{"conv1.weight", "conv1.0.weight",
                                                           "embedder.embedder.convolution.weight"};
    std::optional<std::string> best;
    for (const auto& [name, tensor] : tensors)
        for (const std::string_view kernel : firstKernels) {
            if (!name.ends_with(kernel))
                continue;
            const std::string prefix = name.substr(0, name.size() - kernel.size());
            const auto unit = tensors.lower_bound(prefix + "layer1.0.");
            const bool isNetwork = kernel.starts_with("embedder") ||
                                   (unit != tensors.end() && unit->first.starts_with(prefix + "layer1.0."));
            if (isNetwork && (prefix.empty() || prefix.ends_with('.')) &&
                (!best || prefix.size() < best->size()))
                best = prefix;
        }
    return best.value_or("");
}

void stripPrefix(StateDict& tensors, std::vector<std::string>& notes) {
    const std::string prefix = prefixOf(tensors);
    if (prefix.empty())
        return;
    renameAll(tensors, [&](std::string_view name) -> std::optional<std::string> {
        if (!name.starts_with(prefix))
            return std::nullopt;
        return std::string(name.substr(prefix.size()));
    });
    if (prefix != "resnet.")  // Hugging Face's own
        notes.push_back("The names begin with '" + prefix + "', which was left out.");
}

// Cuts `prefix` and the number behind it, which a dot must follow, from `name`.
std::optional<int> takeNumbered(std::string_view& name, std::string_view prefix) {
    if (!name.starts_with(prefix))
        return std::nullopt;
    const std::size_t dot = name.find('.', prefix.size());
    const std::string_view digits = name.substr(prefix.size(), dot == name.npos ? 0 : dot - prefix.size());
    if (digits.empty() || digits.size() > 4 ||
        !std::ranges::all_of(digits, [](char c) { return c >= '0' && c <= '9'; }))
        return std::nullopt;
    name.remove_prefix(dot + 1);
    return std::stoi(std::string(digits));
}

// "convolution.weight" is conv's weight, "normalization.*" is bn's.
std::optional<std::string> pairName(std::string_view rest, const std::string& convolution,
                                    const std::string& norm) {
    constexpr std::string_view convolutionName = "convolution.";
    constexpr std::string_view normName = "normalization.";
    if (rest.starts_with(convolutionName))
        return convolution + "." + std::string(rest.substr(convolutionName.size()));
    if (rest.starts_with(normName))
        return norm + "." + std::string(rest.substr(normName.size()));
    return std::nullopt;
}

std::optional<std::string> fromHuggingFace(std::string_view name) {
    constexpr std::string_view stem = "embedder.embedder.";
    if (name.starts_with(stem))
        return pairName(name.substr(stem.size()), "conv1", "bn1");
    const auto stage = takeNumbered(name, "encoder.stages.");
    if (!stage)
        return std::nullopt;
    const auto unit = takeNumbered(name, "layers.");
    if (!unit)
        return std::nullopt;
    const std::string place = "layer" + std::to_string(*stage + 1) + "." + std::to_string(*unit) + ".";
    constexpr std::string_view shortcut = "shortcut.";
    if (name.starts_with(shortcut))
        return pairName(name.substr(shortcut.size()), place + "downsample.0", place + "downsample.1");
    const auto layer = takeNumbered(name, "layer.");
    if (!layer)
        return std::nullopt;
    const std::string number = std::to_string(*layer + 1);
    return pairName(name, place + "conv" + number, place + "bn" + number);
}

// People replace the dense layer when they train on classes of their own: fc.1, head, classifier.1, linear,
// ...
void findDenseLayer(StateDict& tensors, std::vector<std::string>& notes) {
    if (tensors.contains("fc.weight"))
        return;
    std::vector<std::string> matrices;
    for (const auto& [name, tensor] : tensors)
        if (tensor.shape.size() == 2 && name.ends_with(".weight"))
            matrices.push_back(name.substr(0, name.size() - 6));
    if (matrices.size() != 1 || !tensors.contains(matrices.front() + "bias"))
        return;
    const std::string& layer = matrices.front();
    renameAll(tensors, [&](std::string_view name) -> std::optional<std::string> {
        if (!name.starts_with(layer))
            return std::nullopt;
        return "fc." + std::string(name.substr(layer.size()));
    });
    if (layer != "classifier.1.")  // Hugging Face's
        notes.push_back("The only dense layer, '" + layer.substr(0, layer.size() - 1) + "', is taken as fc.");
}

}  // namespace

void renameToTorchvision(StateDict& tensors, std::vector<std::string>& notes) {
    stripPrefix(tensors, notes);
    if (tensors.contains("embedder.embedder.convolution.weight")) {
        renameAll(tensors, fromHuggingFace);
        notes.emplace_back("The names are Hugging Face's.");
    }
    if (std::ranges::any_of(tensors, [](const auto& entry) { return entry.first.starts_with("layer1.0."); }))
        findDenseLayer(tensors, notes);
}

}  // namespace resnet
