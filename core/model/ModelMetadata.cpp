#include "core/model/ModelMetadata.h"

#include "core/Error.h"
#include "core/files/BoundedJson.h"
#include "core/model/ClassNames.h"
#include "core/model/ModelSettings.h"

#include <charconv>
#include <cmath>

namespace resnet {

namespace {

constexpr std::size_t mostParts = 8;  // a list of a few numbers

std::string quoted(const std::string& value) {
    return "'" + (value.size() > 60 ? value.substr(0, 57) + "..." : value) + "'";
}

// The shortest text that reads back as the same number, whatever the locale.
template <typename Number>
std::string numberText(Number value) {
    char buffer[40];
    const auto [end, error] = std::to_chars(buffer, buffer + sizeof buffer, value);
    return {buffer, end};
}

std::string listText(const std::array<float, 3>& values) {
    return "[" + numberText(values[0]) + "," + numberText(values[1]) + "," + numberText(values[2]) + "]";
}

std::optional<double> parseNumber(const std::string& text) {
    double value = 0.0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(value))
        return std::nullopt;
    return value;
}

std::optional<std::array<float, 3>> parseTriple(const std::string& text) {
    const nlohmann::json list = parseJson(text, 1, mostParts);
    if (!list.is_array() || list.size() != 3)
        return std::nullopt;
    std::array<float, 3> values{};
    for (std::size_t i = 0; i < 3; ++i) {
        if (!list[i].is_number())
            return std::nullopt;
        values[i] = list[i].get<float>();
        if (!std::isfinite(values[i]))
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
    const nlohmann::json list = parseJson(text, 1, mostParts);
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

    void readTriple(const char* key, std::array<float, 3>& into) {
        if (const auto text = value(key)) {
            if (const auto triple = parseTriple(*text))
                into = *triple;
            else
                refuse(key, "a list of three numbers", *text);
        }
    }

    std::optional<Preprocessing> preprocessing() {
        const bool isGiven =
            value("mean") || value("std") || value("scale") || value("resize") || value("channel_order");
        if (!isGiven)
            return std::nullopt;
        Preprocessing result;
        readTriple("mean", result.mean);
        readTriple("std", result.deviation);
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

std::optional<std::string> architectureOf(const NetworkSpec& spec) {
    for (const char* known : {"resnet34", "resnet18", "plain34"}) {
        const NetworkSpec named = specNamed(known);
        if (named.unitsPerStage == spec.unitsPerStage && named.shortcuts == spec.shortcuts)
            return known;
    }
    // Without shortcuts nothing in the tensors tells it from a damaged residual network.
    return spec.shortcuts ? std::nullopt : std::optional<std::string>("plain34");
}

}  // namespace

ModelMetadata parseMetadata(const MetadataText& text, std::vector<std::string>& problems) {
    return Parser(text, problems).parse();
}

MetadataText metadataOf(const ModelRequest& settings) {
    MetadataText text;
    if (settings.padding)
        text["padding"] = name(*settings.padding);
    if (settings.batchNormEpsilon)
        text["bn_epsilon"] = numberText(*settings.batchNormEpsilon);
    if (settings.inputHeight && settings.inputWidth)
        text["input_size"] =
            "[" + std::to_string(*settings.inputHeight) + "," + std::to_string(*settings.inputWidth) + "]";
    if (const auto& preprocessing = settings.preprocessing) {
        text["mean"] = listText(preprocessing->mean);
        text["std"] = listText(preprocessing->deviation);
        text["scale"] = numberText(preprocessing->scale);
        text["resize"] = std::to_string(preprocessing->shorterSide);
        text["channel_order"] = preprocessing->channelOrder == ChannelOrder::RGB ? "RGB" : "BGR";
    }
    if (settings.classNames)
        text["classes"] = nlohmann::json(*settings.classNames)
                              .dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
    return text;
}

MetadataText metadataOf(const Model& model) {
    MetadataText text = metadataOf(settingsOf(model));
    text["format"] = "pt";
    if (const auto architecture = architectureOf(model.network->spec()))
        text["architecture"] = *architecture;
    if (!model.dataset.empty())
        text["dataset"] = model.dataset;
    return text;
}

}  // namespace resnet
