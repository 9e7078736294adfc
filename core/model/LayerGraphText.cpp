#include "core/model/LayerGraphText.h"

#include "core/Error.h"
#include "core/files/BoundedJson.h"

#include <algorithm>
#include <cmath>

namespace resnet {

namespace {

using Json = nlohmann::json;

constexpr std::size_t mostLayers = 4096;
constexpr std::size_t mostParts = mostLayers * 64;
constexpr double largestNumber = 1e6;

// Reads one layer; every value is checked, as the text is a file's.
class LayerReader {
public:
    LayerReader(const Json& object, std::size_t index) : m_object(object), m_index(index) {}

    Layer read() const {
        Layer layer;
        layer.name = text("name", "");
        const std::string kind = text("kind", "");
        const auto known = std::ranges::find(stepKinds(), std::string_view(kind), &StepKindInfo::name);
        if (known == stepKinds().end())
            refuse("kind '" + kind.substr(0, 40) + "' is not one this program computes");
        layer.kind = known->kind;
        layer.inputs = inputs();
        layer.channels = whole("channels", 0, 1, 1'000'000);
        WindowRule& window = layer.window;
        window.kernel = whole("kernel", 1, 1, layer.kind == StepKind::Convolution ? 31 : 8);
        window.stride = whole("stride", 1, 1, 16);
        const Json* pads = find("padding");
        window.isStated = pads != nullptr;
        if (pads != nullptr) {
            if (!pads->is_array() || pads->size() != 4)
                refuse("padding: expected [top, left, bottom, right]");
            int* const edges[] = {&window.padTop, &window.padLeft, &window.padBottom, &window.padRight};
            for (std::size_t i = 0; i < 4; ++i)
                *edges[i] = int(number((*pads)[i], "padding", -1024.0, 1024.0));
        }
        StepSettings& settings = layer.settings;
        settings.hasBias = flag("bias", false);
        settings.hasScale = flag("gamma", true);
        settings.hasCentre = flag("beta", true);
        if (const Json* epsilon = find("epsilon")) {
            settings.epsilon = number(*epsilon, "epsilon", 0.0, 1.0);
            if (*settings.epsilon <= 0.0)
                refuse("epsilon: expected a number above 0");
        }
        const std::string function = text("function", "identity");
        const auto named = activationFunctionNamed(function);
        if (!named)
            refuse("function '" + function.substr(0, 40) + "' is not one this program computes");
        settings.function = *named;
        settings.slope = real("slope", 0.0);
        settings.countsPadding = flag("counts_padding", false);
        settings.channelsBefore = whole("channels_before", 0, 0, 65'536);
        settings.factor = real("factor", 1.0);
        settings.offset = real("offset", 0.0);
        return layer;
    }

private:
    [[noreturn]] void refuse(const std::string& why) const {
        throw Error("metadata 'graph': layer " + std::to_string(m_index) + ": " + why);
    }
    [[noreturn]] void refuse(const char* key, const char* why) const {
        std::string text = key;
        text.append(": ").append(why);
        refuse(text);
    }

    const Json* find(const char* key) const {
        const auto found = m_object.find(key);
        return found == m_object.end() ? nullptr : &*found;
    }

    double number(const Json& value, const char* key, double low, double high) const {
        if (!value.is_number() || !(value.get<double>() >= low && value.get<double>() <= high))
            refuse(key, "expected a number in range");
        return value.get<double>();
    }

    double real(const char* key, double otherwise) const {
        const Json* value = find(key);
        return value ? number(*value, key, -largestNumber, largestNumber) : otherwise;
    }

    int whole(const char* key, int otherwise, int low, int high) const {
        const Json* value = find(key);
        if (value == nullptr)
            return otherwise;
        const double found = number(*value, key, low, high);
        if (found != std::floor(found))
            refuse(key, "expected a whole number");
        return int(found);
    }

    bool flag(const char* key, bool otherwise) const {
        const Json* value = find(key);
        if (value && !value->is_boolean())
            refuse(key, "expected true or false");
        return value ? value->get<bool>() : otherwise;
    }

    std::string text(const char* key, const char* otherwise) const {
        const Json* value = find(key);
        if (value && (!value->is_string() || value->get_ref<const std::string&>().size() > 400))
            refuse(key, "expected a short text");
        return value ? value->get<std::string>() : otherwise;
    }

    // Two of an addition, one of every other; each a layer before, or -1 for the picture.
    std::vector<int> inputs() const {
        const Json* value = find("inputs");
        if (value == nullptr || !value->is_array() || value->empty() || value->size() > 2)
            refuse("inputs: expected one or two");
        std::vector<int> result;
        for (const Json& input : *value)
            result.push_back(int(number(input, "inputs", -1.0, double(m_index) - 1.0)));
        return result;
    }

    const Json& m_object;
    std::size_t m_index;
};

Json textOf(const Layer& layer) {
    Json object{{"kind", name(layer.kind)}, {"name", layer.name}, {"inputs", layer.inputs}};
    const Layer usual{};
    const auto say = [&](const char* key, const auto& value, const auto& otherwise) {
        if (value != otherwise)
            object[key] = value;
    };
    const WindowRule& window = layer.window;
    const StepSettings& settings = layer.settings;
    say("channels", layer.channels, 0);
    say("kernel", window.kernel, 1);
    say("stride", window.stride, 1);
    if (window.isStated)
        object["padding"] = {window.padTop, window.padLeft, window.padBottom, window.padRight};
    say("bias", settings.hasBias, false);
    say("gamma", settings.hasScale, true);
    say("beta", settings.hasCentre, true);
    if (settings.epsilon)
        object["epsilon"] = *settings.epsilon;
    if (settings.function != usual.settings.function)
        object["function"] = name(settings.function);
    say("slope", settings.slope, 0.0);
    say("counts_padding", settings.countsPadding, false);
    say("channels_before", settings.channelsBefore, 0);
    say("factor", settings.factor, 1.0);
    say("offset", settings.offset, 0.0);
    return object;
}

}  // namespace

std::string layerGraphText(const LayerGraph& graph) {
    Json layers = Json::array();
    for (const Layer& layer : graph.layers)
        layers.push_back(textOf(layer));
    return Json{{"input_channels", graph.inputChannels}, {"layers", std::move(layers)}}.dump(
        -1, ' ', false, Json::error_handler_t::replace);
}

LayerGraph layerGraphFromText(std::string_view text) {
    constexpr int deepest = 4;
    const Json root = parseJson(text, deepest, mostParts);
    const auto refuse = [](const std::string& why) { throw Error("metadata 'graph': " + why); };
    if (!root.is_object() || !root.contains("layers") || !root["layers"].is_array() || root["layers"].empty())
        refuse("expected an object with a list of layers");
    LayerGraph graph;
    const auto channels = root.find("input_channels");
    if (channels == root.end() || !channels->is_number_unsigned() || *channels > 4 || *channels == 0 ||
        *channels == 2)
        refuse("input_channels: expected 1, 3 or 4");
    graph.inputChannels = channels->get<int>();
    if (root["layers"].size() > mostLayers)
        refuse("more than " + std::to_string(mostLayers) + " layers");
    for (const Json& layer : root["layers"]) {
        if (!layer.is_object())
            refuse("expected layers that are objects");
        graph.layers.push_back(LayerReader(layer, graph.layers.size()).read());
    }
    for (std::size_t i = 0; i < graph.layers.size(); ++i) {
        const Layer& layer = graph.layers[i];
        if ((layer.kind == StepKind::Add) != (layer.inputs.size() == 2))
            refuse("layer " + std::to_string(i) +
                   ": expected two inputs of an addition and one of every other");
    }
    const StepKind last = graph.layers.back().kind;
    if (last != StepKind::Softmax && last != StepKind::Activation)
        refuse("expected a softmax or an activation at the end");
    return graph;
}

}  // namespace resnet
