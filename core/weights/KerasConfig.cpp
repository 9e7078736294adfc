#include "core/weights/KerasConfig.h"

#include "core/files/BoundedJson.h"

#include <charconv>
#include <cmath>
#include <optional>

namespace resnet {

namespace {

using Json = nlohmann::json;

constexpr int deepest = 48;
constexpr std::size_t mostLayers = 20'000;
constexpr std::size_t mostParts = 200'000;

// The layers of a configuration in their order, those of nested models included.
void collectLayers(const Json& value, int depth, std::vector<const Json*>& layers) {
    if (depth > deepest || layers.size() > mostLayers)
        return;
    if (value.is_array()) {
        for (const Json& item : value)
            collectLayers(item, depth + 1, layers);
        return;
    }
    if (!value.is_object())
        return;
    const auto name = value.find("class_name");
    const auto config = value.find("config");
    if (name != value.end() && name->is_string() && config != value.end())
        layers.push_back(&value);
    if (config != value.end())
        collectLayers(*config, depth + 1, layers);
    if (const auto nested = value.find("layers"); nested != value.end())
        collectLayers(*nested, depth + 1, layers);
    if (const auto nested = value.find("layer"); nested != value.end())
        collectLayers(*nested, depth + 1, layers);
}

std::string numberText(double value) {
    char buffer[40];
    const auto [end, error] = std::to_chars(buffer, buffer + sizeof buffer, value);
    return {buffer, end};
}

class Reader {
public:
    Reader(const std::vector<const Json*>& layers, const KerasOrigin& origin)
        : m_layers(layers), m_origin(origin) {}

    KerasSettings read() {
        readInputSize();
        readPadding();
        readEpsilon();
        readRescaling();
        if (find("Lambda"))
            m_settings.notes.emplace_back("The file has a Lambda layer; it was not run and is left out.");
        if (find("Normalization"))
            m_settings.notes.emplace_back("The file has a Normalization layer, which is left out.");
        return std::move(m_settings);
    }

private:
    const Json* find(std::string_view className) const {
        for (const Json* layer : m_layers)
            if (layer->at("class_name").get_ref<const std::string&>() == className)
                return &layer->at("config");
        return nullptr;
    }

    template <typename Value>
    std::optional<Value> value(const Json* config, const char* key) const {
        if (config == nullptr || !config->is_object())
            return std::nullopt;
        const auto found = config->find(key);
        if (found == config->end())
            return std::nullopt;
        if constexpr (std::is_same_v<Value, std::string>)
            return found->is_string() ? std::optional(found->get<std::string>()) : std::nullopt;
        else
            return found->is_number() ? std::optional(found->get<Value>()) : std::nullopt;
    }

    void readInputSize() {
        for (const Json* layer : m_layers) {
            const Json& config = layer->at("config");
            if (!config.is_object())
                continue;
            for (const char* key : {"batch_shape", "batch_input_shape"}) {
                const auto shape = config.find(key);
                if (shape == config.end() || !shape->is_array() || shape->size() != 4)
                    continue;
                const Json& height = (*shape)[1];
                const Json& width = (*shape)[2];
                if (height.is_number_unsigned() && width.is_number_unsigned())
                    m_settings.metadata["input_size"] = "[" + height.dump() + "," + width.dump() + "]";
                return;
            }
        }
    }

    void readPadding() {
        const auto padding = value<std::string>(find("Conv2D"), "padding");
        if (padding == "valid" && find("ZeroPadding2D"))
            m_settings.metadata["padding"] = "symmetric";
        else if (padding == "valid")
            m_settings.notes.emplace_back(
                "The first convolution is not padded ('valid'); it is computed with 'same'.");
        else if (!padding)
            m_settings.guessed.insert("padding");
        if (!m_settings.metadata.contains("padding"))
            readOrigin();
    }

    // Keras 2 knows only TensorFlow; 3.9 computes the same on all backends.
    void readOrigin() {
        const auto minor = [&]() -> std::optional<int> {
            const std::string_view version = m_origin.version;
            int number = 0;
            if (!version.starts_with("3."))
                return std::nullopt;
            const auto [end, error] =
                std::from_chars(version.data() + 2, version.data() + version.size(), number);
            return error == std::errc() ? std::optional(number) : std::nullopt;
        }();
        const bool mayDiffer = m_origin.version.empty() || (minor && *minor < 9);
        const bool isTorch = m_origin.backend == "torch" && mayDiffer;
        m_settings.metadata["padding"] = isTorch ? "same-torch" : "same";
        if (isTorch) {
            m_settings.guessed.erase("padding");
            m_settings.notes.emplace_back(
                "Written by Keras on PyTorch, whose projections take the odd pixels: padding 'same-torch'.");
        } else if (m_origin.backend.empty() && mayDiffer) {
            m_settings.guessed.insert("padding");
        }
    }

    void readEpsilon() {
        const auto epsilon = value<double>(find("BatchNormalization"), "epsilon");
        m_settings.metadata["bn_epsilon"] = numberText(epsilon && std::isfinite(*epsilon) ? *epsilon : 1e-3);
        if (!epsilon)
            m_settings.guessed.insert("bn_epsilon");
    }

    // Rescaling computes pixel * scale + offset; where there is none, something outside of the file does the
    // like.
    void readRescaling() {
        const Json* rescaling = find("Rescaling");
        const auto scale = value<double>(rescaling, "scale");
        const double offset = value<double>(rescaling, "offset").value_or(0.0);
        const std::string mean = numberText(offset == 0.0 ? 0.0 : -offset);
        m_settings.metadata["scale"] = numberText(scale.value_or(1.0 / 255.0));
        m_settings.metadata["mean"] = "[" + mean + "," + mean + "," + mean + "]";
        m_settings.metadata["std"] = "[1,1,1]";
        if (!scale)
            m_settings.guessed.insert({"scale", "mean", "std"});
    }

    const std::vector<const Json*>& m_layers;
    const KerasOrigin& m_origin;
    KerasSettings m_settings;
};

}  // namespace

KerasSettings readKerasConfig(std::string_view json, const KerasOrigin& origin) {
    const Json root = parseJson(json, deepest, mostParts);
    std::vector<const Json*> layers;
    collectLayers(root, 0, layers);
    return Reader(layers, origin).read();
}

}  // namespace resnet
