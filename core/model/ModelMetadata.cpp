#include "core/model/ModelMetadata.h"

#include "core/Error.h"
#include "core/files/BoundedJson.h"
#include "core/model/ClassNames.h"
#include "core/model/LayerGraphText.h"
#include "core/model/ModelSettings.h"
#include "core/tensor/NumberText.h"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace resnet {

namespace {

constexpr std::size_t mostNumbers = 8;  // a list of a few numbers

std::string quoted(const std::string& value) {
    return "'" + (value.size() > 60 ? value.substr(0, 57) + "..." : value) + "'";
}

std::string listText(const std::array<float, 3>& values, float opacity, int channels) {
    std::string text = "[" + numberText(values[0]);
    if (channels >= 3)
        text += "," + numberText(values[1]) + "," + numberText(values[2]);
    if (channels == 4)
        text += "," + numberText(opacity);
    return text + "]";
}

std::optional<double> parseNumber(const std::string& text) {
    double value = 0.0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(value))
        return std::nullopt;
    return value;
}

// One number (for all channels), three, or four with that of the opacity.
std::optional<std::vector<float>> parseNumbers(const std::string& text) {
    const nlohmann::json list = parseJson(text, 1, mostNumbers);
    if (!list.is_array() || (list.size() != 1 && list.size() != 3 && list.size() != 4))
        return std::nullopt;
    std::vector<float> values;
    for (const auto& value : list) {
        if (!value.is_number())
            return std::nullopt;
        values.push_back(value.get<float>());
        if (!std::isfinite(values.back()))
            return std::nullopt;
    }
    return values;
}

// "224", "75x102", "[75, 102]", or "[3, 75, 102]".
std::optional<std::array<int, 2>> parseSize(std::string text) {
    for (char& character : text)
        if (character == 'x')
            character = ',';
    if (!text.starts_with('['))
        text = "[" + text + "]";
    const nlohmann::json list = parseJson(text, 1, mostNumbers);
    if (!list.is_array() || list.empty() || list.size() > 3)
        return std::nullopt;
    for (const auto& value : list)
        if (!value.is_number_unsigned() || value.get<std::uint64_t>() > 1'000'000)
            return std::nullopt;
    const int width = list.back().get<int>();
    return std::array{list.size() == 1 ? width : list[list.size() - 2].get<int>(), width};
}

class Parser {
public:
    Parser(const MetadataText& text, std::vector<std::string>& problems)
        : m_text(text), m_problems(problems) {}

    ModelMetadata parse() {
        ModelMetadata metadata;
        metadata.architecture = value("architecture");
        if (const auto text = value("padding")) {
            try {
                metadata.padding = paddingNamed(*text);
            } catch (const Error&) {
                refuse("padding", "same, symmetric or same-torch", *text);
            }
        }
        readWord("unit", metadata.unit, &unitKindNamed);
        readWord("stride_in", metadata.strideIn, &strideInNamed);
        readWord("shortcut", metadata.shortcut, &shortcutKindNamed);
        readWord("stem", metadata.stem, &stemKindNamed);
        if (const auto text = value("graph")) {
            try {
                metadata.layers = layerGraphFromText(*text);
            } catch (const Error& error) {
                m_problems.emplace_back(error.what());
            }
        }
        if (const auto text = value("bn_epsilon")) {
            metadata.batchNormEpsilon = parseNumber(*text);
            if (!metadata.batchNormEpsilon)
                refuse("bn_epsilon", "a number", *text);
        }
        if (const auto text = value("input_size")) {
            if (const auto size = parseSize(*text)) {
                metadata.inputHeight = (*size)[0];
                metadata.inputWidth = (*size)[1];
            } else {
                refuse("input_size", "a number or [height, width]", *text);
            }
        }
        metadata.preprocessing = preprocessing();
        if (const auto text = value("classes")) {
            try {
                metadata.classNames = parseClassNames(*text, "metadata 'classes'");
            } catch (const Error& error) {
                m_problems.emplace_back(error.what());
            }
        }
        metadata.dataset = value("dataset").value_or("");
        metadata.isInitialisation = value("epoch") == "0";
        return metadata;
    }

private:
    std::optional<std::string> value(std::string_view key) const {
        const auto found = m_text.find(key);
        if (found == m_text.end())
            return std::nullopt;
        return found->second;
    }

    void refuse(const std::string& key, const std::string& expected, const std::string& found) {
        m_problems.push_back("metadata '" + key + "': expected " + expected + ", found " + quoted(found));
    }

    void readNumbers(const char* key, std::array<float, 3>& into, float& opacity) {
        const auto text = value(key);
        if (!text)
            return;
        const auto numbers = parseNumbers(*text);
        if (!numbers)
            return refuse(key, "a list of one, three or four numbers", *text);
        for (std::size_t c = 0; c < 3; ++c)
            into[c] = (*numbers)[numbers->size() == 1 ? 0 : c];
        if (numbers->size() == 4)
            opacity = (*numbers)[3];
    }

    // A word that `named` knows, which throws Error for others.
    template <typename Value>
    void readWord(const char* key, std::optional<Value>& into, Value (*named)(std::string_view)) {
        const auto text = value(key);
        if (!text)
            return;
        try {
            into = named(*text);
        } catch (const Error& error) {
            m_problems.push_back("metadata '" + std::string(key) + "': " + error.what());
        }
    }

    std::optional<Preprocessing> preprocessing() {
        const bool isGiven =
            value("mean") || value("std") || value("scale") || value("resize") || value("channel_order");
        if (!isGiven)
            return std::nullopt;
        Preprocessing result;
        readNumbers("mean", result.mean, result.opacityMean);
        readNumbers("std", result.deviation, result.opacityDeviation);
        for (const float deviation : result.deviation)
            if (deviation == 0.0f)
                refuse("std", "numbers other than 0", *value("std"));
        if (const auto text = value("scale")) {
            const auto scale = parseNumber(*text);
            if (scale && *scale > 0.0 && *scale <= 1000.0)
                result.scale = float(*scale);
            else
                refuse("scale", "a number above 0", *text);
        }
        if (const auto text = value("resize")) {
            const auto side = parseNumber(*text);
            if (side && *side >= 0.0 && *side <= 8192.0 && *side == std::floor(*side))
                result.shorterSide = int(*side);
            else
                refuse("resize", "a whole number of pixels", *text);
        }
        if (const auto text = value("channel_order")) {
            if (*text == "BGR")
                result.channelOrder = ChannelOrder::BGR;
            else if (*text != "RGB")
                refuse("channel_order", "RGB or BGR", *text);
        }
        return result;
    }

    const MetadataText& m_text;
    std::vector<std::string>& m_problems;
};

}  // namespace

ModelMetadata parseMetadata(const MetadataText& text, std::vector<std::string>& problems) {
    return Parser(text, problems).parse();
}

MetadataText metadataOf(const ModelRequest& settings, int channels) {
    MetadataText text;
    if (settings.padding)
        text["padding"] = name(*settings.padding);
    if (settings.batchNormEpsilon)
        text["bn_epsilon"] = numberText(*settings.batchNormEpsilon);
    if (settings.inputHeight && settings.inputWidth)
        text["input_size"] =
            "[" + std::to_string(*settings.inputHeight) + "," + std::to_string(*settings.inputWidth) + "]";
    if (const auto& preprocessing = settings.preprocessing) {
        text["mean"] = listText(preprocessing->mean, preprocessing->opacityMean, channels);
        text["std"] = listText(preprocessing->deviation, preprocessing->opacityDeviation, channels);
        text["scale"] = numberText(preprocessing->scale);
        text["resize"] = std::to_string(preprocessing->shorterSide);
        text["channel_order"] = preprocessing->channelOrder == ChannelOrder::RGB ? "RGB" : "BGR";
    }
    if (settings.strideIn)
        text["stride_in"] = name(*settings.strideIn);
    if (settings.shortcut)
        text["shortcut"] = name(*settings.shortcut);
    if (settings.classNames)
        text["classes"] = nlohmann::json(*settings.classNames)
                              .dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
    return text;
}

namespace {

// The stated layers under the names of their steps, which the parameters have in a file.
LayerGraph underStepNames(const Graph& graph) {
    LayerGraph layers = *graph.statedLayers();
    for (Layer& layer : layers.layers) {
        const auto step = std::ranges::find(graph.steps(), layer.name, &Step::layer);
        if (step != graph.steps().end())
            layer.name = step->name;
    }
    return layers;
}

}  // namespace

MetadataText metadataOf(const Model& model) {
    const Graph& graph = model.graph();
    const NetworkSpec& spec = graph.spec();
    ModelRequest settings = settingsOf(model);
    settings.strideIn.reset();  // told below with the rest of the family
    settings.shortcut.reset();
    MetadataText text = metadataOf(settings, spec.inputChannels);
    text["format"] = "pt";
    if (graph.statedLayers()) {
        text["graph"] = layerGraphText(underStepNames(graph));
    } else {
        const std::string architecture = architectureOf(spec);
        if (!architecture.empty())
            text["architecture"] = architecture;
        text["unit"] = name(spec.unit);
        text["shortcut"] = name(spec.shortcut);
        text["stem"] = name(spec.stem);
        if (spec.unit == UnitKind::Bottleneck)
            text["stride_in"] = name(spec.strideIn);
    }
    if (!model.dataset.empty())
        text["dataset"] = model.dataset;
    if (!model.isTrained())
        text["epoch"] = "0";
    return text;
}

}  // namespace resnet
