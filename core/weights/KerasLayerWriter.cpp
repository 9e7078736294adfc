#include "core/weights/KerasLayerWriter.h"

#include "core/Error.h"
#include "core/tensor/Tensor.h"
#include "core/weights/KerasOperations.h"
#include "core/weights/KerasWindows.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace resnet {

namespace {

constexpr int mostChannels = 65'536;

bool isOneOf(const std::string& text, std::initializer_list<const char*> words) {
    return std::ranges::find(words, text) != words.end();
}

// Text from a file, fit for a line of a message.
std::string shown(const std::string& text) {
    return text.size() > 60 ? text.substr(0, 57) + "..." : text;
}

}  // namespace

KerasLayerWriter::KerasLayerWriter(const KerasGraphNodes& nodes, const KerasVariables& variables,
                                   bool isChannelsFirst, KerasGraph& graph)
    : m_nodes(nodes),
      m_variables(variables),
      m_isChannelsFirst(isChannelsFirst),
      m_graph(graph),
      m_layerOf(nodes.nodes.size(), inputStep) {}

void KerasLayerWriter::begin(int node) {
    m_layerOf[std::size_t(node)] = inputStep;
}

int KerasLayerWriter::input(const KerasNode& node) const {
    return m_layerOf[std::size_t(node.inputs.front())];
}

int KerasLayerWriter::put(const std::string& name, StepKind kind, std::vector<int> inputs, int channels,
                          WindowRule window, StepSettings settings) {
    const bool makesVector =
        kind == StepKind::Dense || kind == StepKind::GlobalAveragePool || kind == StepKind::GlobalMaxPool;
    m_isVector.push_back(makesVector ||
                         (inputs.front() != inputStep && m_isVector[std::size_t(inputs.front())]));
    const int count = ++m_names[name];
    m_graph.layers.layers.push_back({count == 1 ? name : name + "#" + std::to_string(count), kind,
                                     std::move(inputs), channels, window, settings});
    return m_last = int(m_graph.layers.layers.size()) - 1;
}

void KerasLayerWriter::write(int index) {
    const KerasNode& node = m_nodes.nodes[std::size_t(index)];
    const KerasSettingsReader settings(node);
    const std::string kind = node.isOwnClass ? std::string() : node.className;
    if (node.inputs.empty())
        settings.refuse("reads nothing");
    const bool isMerge = isOneOf(kind, {"Add", "Average"});
    if (!isMerge && node.inputs.size() != 1)
        settings.refuse("merges " + std::to_string(node.inputs.size()) +
                        " layers; of merging layers, this program computes Add and Average of two" +
                        (operationName(node) == "Multiply" ? " (squeeze-and-excitation multiplies)" : ""));
    m_last = input(node);
    if (isOneOf(kind, {"Conv2D", "Convolution2D"}))
        convolution(node, settings);
    else if (isOneOf(kind, {"BatchNormalization", "SyncBatchNormalization", "BatchNormalizationV1",
                            "BatchNormalizationV2"}))
        batchNorm(node, settings);
    else if (isOneOf(kind, {"Activation", "ReLU", "LeakyReLU", "ELU", "Softmax"}))
        put(statedActivation(node), node.name);
    else if (isOneOf(kind, {"MaxPooling2D", "MaxPool2D"}))
        put(node.name, StepKind::MaxPool, {m_last}, 0, poolWindow(settings));
    else if (isOneOf(kind, {"AveragePooling2D", "AvgPool2D"}))
        put(node.name, StepKind::AveragePool, {m_last}, 0, poolWindow(settings));
    else if (isOneOf(kind, {"GlobalAveragePooling2D", "GlobalAvgPool2D"}))
        put(node.name, StepKind::GlobalAveragePool, {m_last});
    else if (isOneOf(kind, {"GlobalMaxPooling2D", "GlobalMaxPool2D"}))
        put(node.name, StepKind::GlobalMaxPool, {m_last});
    else if (kind == "ZeroPadding2D")
        put(node.name, StepKind::Padding, {m_last}, 0, edgeWindow(settings, "padding", 1));
    else if (kind == "Cropping2D")
        put(node.name, StepKind::Padding, {m_last}, 0, edgeWindow(settings, "cropping", -1));
    else if (isMerge)
        merge(node, settings);
    else if (kind == "Dense")
        dense(node, settings);
    else if (kind == "Rescaling")
        rescale(node, settings);
    else if (kind == "Reshape")
        reshape(node);
    else if (kind == "Lambda")
        settings.refuse("holds a program, which is not run");
    else if (!isOneOf(kind, {"Flatten"}) && !passesInUse(kind))  // Flatten of one cell changes nothing
        unit(node, settings);
    m_layerOf[std::size_t(index)] = m_last;
}

void KerasLayerWriter::end() {
    m_last = m_layerOf[std::size_t(m_nodes.output)];
    if (m_last == inputStep)
        throw Error("the configuration states no layer besides its input");
    std::vector<Layer>& layers = m_graph.layers.layers;
    for (std::size_t i = 0; i < layers.size(); ++i)
        if (layers[i].kind == StepKind::Softmax && int(i) != m_last)
            throw Error("layer '" + layers[i].name +
                        "' (Softmax): a softmax inside of the network; expected one only at its end");
    const Layer& last = layers[std::size_t(m_last)];
    const bool saysMeaning =
        last.kind == StepKind::Softmax ||
        (last.kind == StepKind::Activation && last.settings.function == ActivationFunction::Sigmoid);
    if (!saysMeaning)
        put("output", StepKind::Activation, {m_last});
}

void KerasLayerWriter::takeVariables(const KerasNode& node, const KerasSettingsReader& settings,
                                     const std::string& layer, const std::vector<Role>& roles) {
    if (settings.has("lora_rank"))
        settings.refuse(
            "lora_rank: it has an adapter (LoRA) beside its weights; merge it into them, and save that");
    const std::vector<const KerasVariable*> found = m_variables.of(node);
    if (found.empty())
        settings.refuse("the file has no variables for it");
    if (found.size() != roles.size())
        settings.refuse("expected " + std::to_string(roles.size()) + " variables, found " +
                        std::to_string(found.size()));
    for (std::size_t i = 0; i < roles.size(); ++i) {
        if (found[i]->shape.size() != roles[i].rank)
            settings.refuse("variable '" + shown(found[i]->path) + "': expected " +
                            std::to_string(roles[i].rank) + " dimensions, found " +
                            shapeText(found[i]->shape));
        if (!m_graph.parameters.emplace(found[i]->path, layer + roles[i].suffix).second)
            settings.refuse("variable '" + shown(found[i]->path) + "' belongs to another layer as well");
    }
}

void KerasLayerWriter::convolution(const KerasNode& node, const KerasSettingsReader& settings) {
    const WindowRule window = convolutionWindow(settings);
    if (settings.isChannelsFirst() != m_isChannelsFirst)
        settings.refuse("data_format: expected that of the other layers");
    StepSettings made;
    made.hasBias = settings.flag("use_bias", true);
    const int layer = put(node.name, StepKind::Convolution, {m_last},
                          settings.count("filters", 0, mostChannels), window, made);
    std::vector<Role> roles{{".weight", 4}};
    if (made.hasBias)
        roles.push_back({".bias", 1});
    takeVariables(node, settings, m_graph.layers.layers[std::size_t(layer)].name, roles);
    put(statedActivation(settings.activation("activation")), node.name + "/activation");
}

void KerasLayerWriter::batchNorm(const KerasNode& node, const KerasSettingsReader& settings) {
    const std::vector<double> axis = settings.numbers("axis");
    const double ofChannels = m_last != inputStep && m_isVector[std::size_t(m_last)] ? 1.0
                              : m_isChannelsFirst                                    ? 1.0
                                                                                     : 3.0;
    if (!axis.empty() && axis != std::vector{-1.0} && axis != std::vector{ofChannels})
        settings.refuse("axis: expected that of the channels");
    if (settings.flag("renorm", false))
        settings.refuse("renorm: expected false; batch renormalisation is not computed");
    StepSettings made;
    made.hasScale = settings.flag("scale", true);
    made.hasCentre = settings.flag("center", true);
    made.epsilon = settings.number("epsilon", 1e-3);
    if (!(*made.epsilon > 0.0 && *made.epsilon <= 1.0))
        settings.refuse("epsilon: expected a number above 0 and at most 1");
    const int layer = put(node.name, StepKind::BatchNorm, {m_last}, 0, {}, made);
    std::vector<Role> roles;
    if (made.hasScale)
        roles.push_back({".weight", 1});
    if (made.hasCentre)
        roles.push_back({".bias", 1});
    roles.push_back({".running_mean", 1});
    roles.push_back({".running_var", 1});
    takeVariables(node, settings, m_graph.layers.layers[std::size_t(layer)].name, roles);
}

void KerasLayerWriter::dense(const KerasNode& node, const KerasSettingsReader& settings) {
    StepSettings made;
    made.hasBias = settings.flag("use_bias", true);
    const int layer =
        put(node.name, StepKind::Dense, {m_last}, settings.count("units", 0, 1'000'000), {}, made);
    std::vector<Role> roles{{".weight", 2}};
    if (made.hasBias)
        roles.push_back({".bias", 1});
    takeVariables(node, settings, m_graph.layers.layers[std::size_t(layer)].name, roles);
    put(statedActivation(settings.activation("activation")), node.name + "/activation");
}

// (a + b) / 2 is a sum and a scale.
void KerasLayerWriter::merge(const KerasNode& node, const KerasSettingsReader& settings) {
    if (node.inputs.size() != 2)
        settings.refuse("merges " + std::to_string(node.inputs.size()) +
                        " layers; expected an addition of two");
    const int sum = put(node.name, StepKind::Add,
                        {m_layerOf[std::size_t(node.inputs[0])], m_layerOf[std::size_t(node.inputs[1])]});
    if (node.className != "Average")
        return;
    StepSettings half;
    half.factor = 0.5;
    put(node.name + "/half", StepKind::Scale, {sum}, 0, {}, half);
}

void KerasLayerWriter::rescale(const KerasNode& node, const KerasSettingsReader& settings) {
    StepSettings made;
    const auto one = [&](const char* key, double otherwise) {
        const std::vector<double> values = settings.numbers(key);
        if (std::ranges::any_of(values, [&](double value) { return value != values.front(); }))
            settings.refuse(std::string(key) +
                            ": a number per channel inside of the network; expected one number");
        return values.empty() ? otherwise : values.front();
    };
    made.factor = one("scale", 1.0);
    made.offset = one("offset", 0.0);
    put(node.name, StepKind::Scale, {m_last}, 0, {}, made);
}

// A vector stays one where all its numbers remain channels.
void KerasLayerWriter::reshape(const KerasNode& node) const {
    const KerasSettingsReader settings(node);
    const std::vector<double> shape = settings.numbers("target_shape");
    const bool isVector = m_last != inputStep && m_isVector[std::size_t(m_last)];
    const std::size_t ones = std::size_t(std::ranges::count(shape, 1.0));
    const bool areChannels =
        !shape.empty() && ones + 1 >= shape.size() &&
        ((m_isChannelsFirst ? shape.front() : shape.back()) != 1.0 || ones == shape.size());
    if (!isVector || !areChannels)
        settings.refuse("target_shape: expected a vector that stays one; found one of " +
                        std::to_string(shape.size()) + " dimensions behind " +
                        (isVector ? "a vector" : "maps") + ", which is not computed");
}

void KerasLayerWriter::put(const std::optional<KerasActivation>& activation, const std::string& name) {
    if (activation)
        put(name, activation->kind, {m_last}, 0, {}, activation->settings);
}

int KerasLayerWriter::pair(const KerasNode& node, const KerasUnitLayers::Pair& from, int input, int kernel,
                           int stride) {
    const std::string name(from.convolution.path.back());
    const int convolution = put(node.name + "/" + name, StepKind::Convolution, {input},
                                int(from.convolution.outputs()), {.kernel = kernel, .stride = stride});
    const auto give = [&](const KerasLayer& layer, std::size_t place, int of, const char* suffix) {
        m_graph.parameters.emplace(layer.variables[place]->path,
                                   m_graph.layers.layers[std::size_t(of)].name + suffix);
    };
    give(from.convolution, 0, convolution, ".weight");
    const int norm =
        put(node.name + "/" + std::string(from.norm.path.back()), StepKind::BatchNorm, {convolution});
    constexpr std::array suffixes{".weight", ".bias", ".running_mean", ".running_var"};
    for (std::size_t i = 0; i < suffixes.size(); ++i)
        give(from.norm, i, norm, suffixes[i]);
    return norm;
}

// A layer of a class that is not Keras' own: if its variables are those of a residual unit, it is taken for
// one.
void KerasLayerWriter::unit(const KerasNode& node, const KerasSettingsReader& settings) {
    bool inOrder = false;
    const std::vector<KerasVariable> variables = m_variables.inside(node, inOrder);
    const KerasUnitLayers layers = unitInside(variables, inOrder);
    if (layers.mainPath.empty())
        settings.refuse(
            variables.empty()
                ? (node.isOwnClass ? "a class of the file's own; what it computes is not in the file"
                   : operationName(node) == node.className
                       ? "layers of this class are not computed by this program"
                       : "the operation '" + shown(operationName(node)) +
                             "' inside of the network is not one this program computes")
                : "a layer of this class is not known, and its variables are not those of a residual unit");
    KerasNode function = settings.activation("activation");
    std::string assumed;
    if (!settings.has("activation")) {
        function.config["activation"] = "relu";
        assumed = "ReLU";
    }
    const bool isProjected = !layers.shortcut.empty();
    int stride = isProjected ? 2 : 1;
    const char* key = settings.has("strides") ? "strides" : settings.has("stride") ? "stride" : nullptr;
    // A configuration that is wrong about the feature maps is one of the class, not of this layer.
    const bool isOwn = layers.isConfiguredBy(settings.numbers("filters"));
    if (!isOwn)
        m_graph.notes.push_back("The configuration of '" + shown(node.name) +
                                "' states other feature maps than its weights hold; its strides are not "
                                "taken from there.");
    if (key && isOwn)
        stride = settings.square(key, 1, largestStride);
    else if (isProjected)
        assumed += std::string(assumed.empty() ? "" : ", ") + "stride 2";
    if (!isProjected && stride != 1)
        settings.refuse("strides of " + std::to_string(stride) + ", but no convolution on the shortcut");

    const int input = m_last;
    int main = input;
    for (std::size_t i = 0; i < layers.mainPath.size(); ++i) {
        const auto& each = layers.mainPath[i];
        main = pair(node, each, main, int(each.convolution.kernelSide()), i == 0 ? stride : 1);
        if (i + 1 < layers.mainPath.size()) {
            put(statedActivation(function), node.name + "/activation");
            main = m_last;
        }
    }
    const int shortcut = isProjected ? pair(node, layers.shortcut[0], input, 1, stride) : input;
    put(node.name + "/add", StepKind::Add, {main, shortcut});
    put(statedActivation(function), node.name + "/activation");
    noteUnit(node, layers,
             function.className == "Activation" ? function.config["activation"].get<std::string>()
                                                : function.className,
             assumed);
}

void KerasLayerWriter::noteUnit(const KerasNode& node, const KerasUnitLayers& layers,
                                const std::string& activation, const std::string& assumed) {
    if (!m_notedClasses
             .insert(node.className + (layers.shortcut.empty() ? "" : "+") +
                     (layers.isOrderGuessed ? "?" : ""))
             .second)
        return;
    if (m_notedClasses.size() == 1)
        m_graph.notes.push_back(
            "The file does not say what its own class '" + shown(node.className) +
            "' computes; its units are taken for " + (layers.mainPath.size() == 3 ? "bottleneck" : "basic") +
            " ones: convolutions with padding and a batch norm each, " + shown(activation) +
            " between them and after the sum" + (assumed.empty() ? "." : " (" + assumed + " is assumed)."));
    if (layers.isOrderGuessed)
        m_graph.notes.push_back("Which convolution of '" + shown(node.name) +
                                "' and others of its class is the first is told by their names only.");
}

}  // namespace resnet
