#include "core/weights/KerasGraph.h"

#include "core/Error.h"
#include "core/tensor/NumberText.h"
#include "core/weights/KerasCalls.h"
#include "core/weights/KerasLayerWriter.h"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace resnet {

namespace {

// Which nodes the output is made from.
std::vector<bool> reachable(const KerasGraphNodes& graph) {
    std::vector<bool> isReached(graph.nodes.size(), false);
    isReached[std::size_t(graph.output)] = true;
    for (std::size_t i = graph.nodes.size(); i-- > 0;)
        if (isReached[i])
            for (const int input : graph.nodes[i].inputs)
                isReached[std::size_t(input)] = true;
    return isReached;
}

// Zero padding in front of a window that pads nothing itself becomes the window's own: for a convolution
// always, for a max pool where its input has no values below 0, for an average pool with zeros that count.
bool absorbsPadding(const Layer& reader, const Layer& padding, const std::vector<Layer>& layers) {
    const WindowRule& own = reader.window;
    const WindowRule& pads = padding.window;
    if (padding.kind != StepKind::Padding || pads.stride != 1 || padding.channels != 0 || !own.isStated ||
        std::min({pads.padTop, pads.padLeft, pads.padBottom, pads.padRight}) < 0)
        return false;
    if (reader.kind == StepKind::Convolution)
        return true;
    if (std::max({pads.padTop, pads.padLeft, pads.padBottom, pads.padRight}) >= own.kernel)
        return false;
    if (reader.kind == StepKind::AveragePool)
        return std::max({own.padTop, own.padLeft, own.padBottom, own.padRight}) == 0;
    const int source = padding.inputs.front();
    if (reader.kind != StepKind::MaxPool || source == inputStep)
        return false;
    const Layer& before = layers[std::size_t(source)];
    return before.kind == StepKind::ReLU ||
           (before.kind == StepKind::Activation && isNeverNegative(before.settings.function));
}

void mergePadding(std::vector<Layer>& layers) {
    std::vector<int> readers(layers.size(), 0);
    for (const Layer& layer : layers)
        for (const int input : layer.inputs)
            if (input != inputStep)
                ++readers[std::size_t(input)];
    std::vector<bool> isGone(layers.size(), false);
    for (Layer& layer : layers) {
        const int input = layer.inputs.front();
        if (input == inputStep || readers[std::size_t(input)] != 1 ||
            !absorbsPadding(layer, layers[std::size_t(input)], layers))
            continue;
        const WindowRule pads = layers[std::size_t(input)].window;
        layer.window.padTop += pads.padTop;
        layer.window.padLeft += pads.padLeft;
        layer.window.padBottom += pads.padBottom;
        layer.window.padRight += pads.padRight;
        layer.settings.countsPadding = layer.kind == StepKind::AveragePool;
        layer.inputs.front() = layers[std::size_t(input)].inputs.front();
        isGone[std::size_t(input)] = true;
    }
    std::vector<int> places(layers.size(), 0);
    std::vector<Layer> kept;
    for (std::size_t i = 0; i < layers.size(); ++i) {
        places[i] = int(kept.size());
        if (!isGone[i])
            kept.push_back(std::move(layers[i]));
    }
    for (Layer& layer : kept)
        for (int& input : layer.inputs)
            if (input != inputStep)
                input = places[std::size_t(input)];
    layers = std::move(kept);
}

// One epsilon for all batch norms is the network's; others are kept with their layers.
void shareEpsilon(KerasGraph& graph) {
    std::optional<double> first;
    bool isShared = true;
    for (const Layer& layer : graph.layers.layers)
        if (layer.settings.epsilon) {
            first = first.value_or(*layer.settings.epsilon);
            isShared &= *layer.settings.epsilon == *first;
        }
    if (!first)
        return;
    graph.metadata["bn_epsilon"] = numberText(*first);
    if (isShared)
        for (Layer& layer : graph.layers.layers)
            layer.settings.epsilon.reset();
}

// "float32", or the name in a policy of Keras 3: {"class_name": "DTypePolicy", "config": {"name": ...}}.
std::string computedType(const KerasNode& node) {
    const auto type = node.config.find("dtype");
    if (type == node.config.end())
        return "float32";
    if (type->is_string())
        return type->get<std::string>();
    const std::string className = textIn(*type, "class_name");
    if (className.starts_with("Quantized"))
        return "int8: " + className;
    const auto policy = type->is_object() ? type->find("config") : type->end();
    const std::string named = policy != type->end() ? textIn(*policy, "name") : std::string();
    return named.empty() ? "float32" : named;
}

// Shorter floats are computed in full and told; whole numbers are another network.
void noteComputedTypes(const KerasGraphNodes& nodes, std::vector<std::string>& notes) {
    std::set<std::string> types;
    for (const KerasNode& node : nodes.nodes) {
        const std::string type = node.className == "InputLayer" ? "float32" : computedType(node);
        if (type.find("int8") != type.npos || type.find("float8") != type.npos)
            throw Error("layer '" + node.name.substr(0, 60) + "' (" + node.className.substr(0, 60) +
                        "): dtype: it is quantised (" + type.substr(0, 40) +
                        "), which this program does not compute; save it before quantising");
        if (type != "float32")
            types.insert(type.substr(0, 40));
    }
    for (const std::string& type : types)
        notes.push_back("Keras computes layers of it in " + type +
                        "; here all is computed in float32, so the last digits differ.");
}

// What layers compute in training alone, and are called to compute in use as well.
void refuseTraining(const KerasNode& node) {
    const KerasSettingsReader settings(node);
    const bool isNorm = node.className.find("BatchNormalization") != std::string::npos;
    const bool isInert = node.className == "Identity" || node.className == "ActivityRegularization" ||
                         (node.className.ends_with("Dropout") && settings.number("rate", 0.5) == 0.0);
    if (isNorm && settings.flag("trainable", true))
        settings.refuse(
            "is called with training=True: it normalises by the mean and variance of the pictures of one pass, not by "
            "those that it has kept; expected the latter");
    if (passesInUse(node.className) && !isInert)
        settings.refuse("is called with training=True: it changes what it reads at random, in use as well");
    if (node.isOwnClass)
        settings.refuse("is called with training=True, which a class of the file's own may heed");
}

// Which axis are the channels: all layers of a network say the same, or say nothing.
void checkDataFormats(const std::vector<KerasNode>& nodes) {
    const KerasNode* first = nullptr;
    for (const KerasNode& node : nodes) {
        const KerasSettingsReader settings(node);
        if (node.className == "Flatten" || node.isOwnClass || !settings.has("data_format"))
            continue;
        if (first != nullptr && settings.isChannelsFirst() != KerasSettingsReader(*first).isChannelsFirst())
            settings.refuse("data_format: " + settings.word("data_format", "").substr(0, 20) + ", and '" +
                            first->name.substr(0, 60) + "' has the other; expected the same for all layers");
        first = first == nullptr ? &node : first;
    }
}

}  // namespace

KerasGraph readKerasGraph(const KerasGraphNodes& nodes, const KerasOrigin& origin,
                          const KerasVariables& variables, const KerasValues& valuesOf) {
    const std::vector<bool> isReached = reachable(nodes);
    for (std::size_t i = 0; i < nodes.nodes.size(); ++i)
        if (isReached[i] && nodes.nodes[i].isInTraining)
            refuseTraining(nodes.nodes[i]);
    checkDataFormats(nodes.nodes);
    KerasPreparation preparation = readPreparation(nodes, valuesOf);
    KerasGraph graph;
    graph.layers.inputChannels = preparation.channels;
    graph.metadata = std::move(preparation.metadata);
    graph.notes = std::move(preparation.notes);
    noteComputedTypes(nodes, graph.notes);
    KerasLayerWriter writer(nodes, variables, preparation.isChannelsFirst, graph);
    writer.begin(preparation.node);
    std::vector<bool> isPreparation(nodes.nodes.size(), false);
    for (int at = preparation.node;; at = nodes.nodes[std::size_t(at)].inputs.front()) {
        isPreparation[std::size_t(at)] = true;
        if (nodes.nodes[std::size_t(at)].inputs.empty())
            break;
    }
    for (std::size_t i = 0; i < nodes.nodes.size(); ++i)
        if (isReached[i] && !isPreparation[i])
            writer.write(int(i));
    writer.end();
    mergePadding(graph.layers.layers);
    shareEpsilon(graph);
    // Who scales inside the network and not in front of it gives it pixels as they are.
    const bool scalesInside = std::ranges::any_of(nodes.nodes, [&](const KerasNode& node) {
        const auto place = std::size_t(&node - nodes.nodes.data());
        return isReached[place] && !isPreparation[place] &&
               (node.className == "Rescaling" || node.className == "Normalization");
    });
    if (scalesInside && !graph.metadata.contains("scale")) {
        graph.metadata["scale"] = "1";
        graph.metadata["mean"] = "[0,0,0]";
        graph.metadata["std"] = "[1,1,1]";
        graph.notes.emplace_back(
            "Its Rescaling layers stand inside the network and none in front: pixels enter from 0 to 255, as they are.");
    }
    completeKerasSettings(origin, graph);
    return graph;
}

void completeKerasSettings(const KerasOrigin& origin, KerasGraph& graph) {
    auto& metadata = graph.metadata;
    auto& guessed = graph.guessed;
    // Only a window narrower than its stride is padded differently on PyTorch.
    const auto& layers = graph.layers.layers;
    const bool isStated = !layers.empty();
    const bool canDiffer = !isStated || std::ranges::any_of(layers, [](const Layer& layer) {
        return !layer.window.isStated && layer.window.kernel < layer.window.stride;
    });
    const auto minor = [&]() -> std::optional<int> {
        const std::string_view version = origin.version;
        int number = 0;
        if (!version.starts_with("3."))
            return std::nullopt;
        const auto error = std::from_chars(version.data() + 2, version.data() + version.size(), number).ec;
        return error == std::errc() ? std::optional(number) : std::nullopt;
    }();
    // Keras 2 knows only TensorFlow; 3.9 computes the same on all backends.
    const bool mayDiffer = canDiffer && (origin.version.empty() || (minor && *minor < 9));
    const bool isTorch = origin.backend == "torch" && mayDiffer;
    metadata["padding"] = isTorch ? "same-torch" : "same";
    if (isTorch)
        graph.notes.emplace_back(
            "Written by Keras on PyTorch, whose projections take the odd pixels: padding 'same-torch'.");
    else if (!isStated || (origin.backend.empty() && mayDiffer))
        guessed.insert("padding");

    if (metadata.try_emplace("bn_epsilon", numberText(1e-3)).second)
        guessed.insert("bn_epsilon");
    if (!metadata.contains("scale")) {
        metadata["scale"] = numberText(1.0 / 255.0);
        metadata["mean"] = "[0,0,0]";
        metadata["std"] = "[1,1,1]";
        guessed.insert({"scale", "mean", "std"});
    }
}

}  // namespace resnet
