#include "core/weights/KerasPreparation.h"

#include "core/Error.h"
#include "core/tensor/NumberText.h"
#include "core/weights/KerasOperations.h"
#include "core/weights/KerasSettingsReader.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace resnet {

namespace {

using Json = nlohmann::json;
using Numbers = std::vector<double>;

std::string listText(const Numbers& values) {
    std::string text = "[";
    for (const double value : values)
        text += (text.size() == 1 ? "" : ",") + numberText(value == 0.0 ? 0.0f : float(value));
    return text + "]";
}

// (pixel * scale - mean) / deviation, one mean and standard deviation per channel, and whether the channels
// are reversed.
class Pixels {
public:
    explicit Pixels(int channels)
        : m_mean(std::size_t(channels), 0.0), m_deviation(std::size_t(channels), 1.0) {}

    std::size_t channels() const { return m_mean.size(); }
    bool isTouched() const { return m_isTouched; }
    bool isReversed() const { return m_isReversed; }

    // value * factor + offset; with this value that is (pixel * scale - mean + offset * d) / d, d = deviation
    // / factor.
    void apply(const Numbers& factors, const Numbers& offsets) {
        m_isTouched = true;
        const bool isFirst = std::ranges::all_of(m_mean, [](double m) { return m == 0.0; }) &&
                             std::ranges::all_of(m_deviation, [](double d) { return d == 1.0; });
        const bool isUniform = std::ranges::all_of(factors, [&](double f) { return f == factors.front(); });
        if (isFirst && isUniform && factors.front() > 0.0) {
            m_scale *= factors.front();
            for (std::size_t c = 0; c < channels(); ++c)
                m_mean[c] = -offsets[c];
            return;
        }
        for (std::size_t c = 0; c < channels(); ++c) {
            m_deviation[c] /= factors[c];
            m_mean[c] -= offsets[c] * m_deviation[c];
        }
    }

    void reverse() {
        m_isTouched = true;
        m_isReversed = !m_isReversed;
        std::ranges::reverse(m_mean);
        std::ranges::reverse(m_deviation);
    }

    void write(std::map<std::string, std::string, std::less<>>& metadata) const {
        metadata["scale"] = numberText(float(m_scale));
        metadata["mean"] = listText(m_mean);
        metadata["std"] = listText(m_deviation);
        metadata["channel_order"] = m_isReversed ? "BGR" : "RGB";
    }

private:
    double m_scale = 1.0;
    Numbers m_mean;
    Numbers m_deviation;
    bool m_isTouched = false;
    bool m_isReversed = false;
};

class Reader {
public:
    Reader(const KerasGraphNodes& graph, const KerasValues& valuesOf)
        : m_graph(graph), m_valuesOf(valuesOf) {}

    KerasPreparation read() {
        readInput();
        Pixels pixels(m_result.channels);
        int current = m_input;
        while (true) {
            std::vector<int> readers;
            for (std::size_t i = 0; i < m_graph.nodes.size(); ++i)
                if (std::ranges::find(m_graph.nodes[i].inputs, current) != m_graph.nodes[i].inputs.end())
                    readers.push_back(int(i));
            if (readers.size() != 1 || !take(m_graph.nodes[std::size_t(readers.front())], pixels))
                break;
            current = readers.front();
        }
        m_result.node = current;
        if (pixels.isTouched())
            pixels.write(m_result.metadata);
        if (m_result.height && m_result.width)
            m_result.metadata["input_size"] =
                "[" + std::to_string(*m_result.height) + "," + std::to_string(*m_result.width) + "]";
        if (m_resizedSide)
            m_result.metadata["resize"] = std::to_string(*m_resizedSide);
        return std::move(m_result);
    }

private:
    void readInput() {
        std::string channelsFirst;  // the layer that says so
        for (std::size_t i = 0; i < m_graph.nodes.size(); ++i) {
            const KerasNode& node = m_graph.nodes[i];
            if (node.className == "InputLayer")
                m_input = int(i);
            if (channelsFirst.empty() && node.config.contains("data_format") &&
                KerasSettingsReader(node).isChannelsFirst())
                channelsFirst = node.name.substr(0, 60);
        }
        m_result.isChannelsFirst = !channelsFirst.empty();
        const KerasNode& node = m_graph.nodes[std::size_t(m_input)];
        const KerasSettingsReader settings(node);
        for (const char* key : {"batch_shape", "batch_input_shape"}) {
            const auto shape = node.config.find(key);
            if (shape == node.config.end() || shape->is_null())
                continue;
            if (!shape->is_array() || shape->size() != 4)
                settings.refuse("expected pictures (batch, height, width, channels), found " + shape->dump());
            const bool first = m_result.isChannelsFirst;
            m_result.channels = extent(settings, (*shape)[first ? 1 : 3]).value_or(0);
            m_result.height = extent(settings, (*shape)[first ? 2 : 1]);
            m_result.width = extent(settings, (*shape)[first ? 3 : 2]);
            if (m_result.channels != 1 && m_result.channels != 3 && m_result.channels != 4)
                settings.refuse("expected pictures of 1, 3 or 4 channels, found " + shape->dump() +
                                (first ? " with the channels first, as '" + channelsFirst + "' says" : ""));
            return;
        }
    }

    static std::optional<int> extent(const KerasSettingsReader& settings, const Json& value) {
        if (value.is_null())
            return std::nullopt;
        if (!value.is_number_integer() || value < 0 || value > 100'000)
            settings.refuse("expected a shape of whole numbers");
        return value.get<int>();
    }

    // Whether the layer is one of these; then it is taken in.
    bool take(const KerasNode& node, Pixels& pixels) {
        const KerasSettingsReader settings(node);
        if (node.isOwnClass)
            return false;
        if (passesInUse(node.className))
            return true;
        if (node.className == "Rescaling")
            return apply(settings, pixels, settings.numbers("scale"), settings.numbers("offset"));
        if (node.className == "Normalization")
            return normalise(node, pixels);
        if (node.className == "Resizing")
            return resize(settings);
        if (node.className == "CenterCrop" || node.className == "RandomCrop")
            return crop(settings, node.className);
        return takeOperation(node, pixels);
    }

    // One number for all channels, or one per channel; `otherwise` where there is none.
    Numbers perChannel(const KerasSettingsReader& settings, Numbers values, double otherwise,
                       const Pixels& pixels) const {
        if (values.empty())
            values.push_back(otherwise);
        if (values.size() == 1)
            values.assign(pixels.channels(), values.front());
        if (values.size() != pixels.channels())
            settings.refuse("expected one number or " + std::to_string(pixels.channels()) +
                            ", one per channel, found " + std::to_string(values.size()));
        return values;
    }

    bool apply(const KerasSettingsReader& settings, Pixels& pixels, Numbers factors, Numbers offsets) const {
        factors = perChannel(settings, std::move(factors), 1.0, pixels);
        offsets = perChannel(settings, std::move(offsets), 0.0, pixels);
        if (std::ranges::find(factors, 0.0) != factors.end())
            settings.refuse("scale: expected numbers other than 0");
        pixels.apply(factors, offsets);
        return true;
    }

    // (x - mean) / max(sqrt(variance), 1e-7)
    bool normalise(const KerasNode& node, Pixels& pixels) const {
        const KerasSettingsReader settings(node);
        const int axis = m_result.isChannelsFirst ? 1 : 3;
        const Numbers axes = settings.numbers("axis");
        if (settings.has("axis") && (axes.size() != 1 || (axes[0] != -1.0 && axes[0] != axis)))
            settings.refuse("axis: expected that of the channels");
        Numbers mean = settings.numbers("mean"), variance = settings.numbers("variance");
        if (mean.empty() || variance.empty()) {  // adapted to data
            const auto values = m_valuesOf(node);
            if (values.size() < 2)
                settings.refuse(
                    "its mean and variance are neither in the configuration nor among the weights");
            mean.assign(values[0].begin(), values[0].end());
            variance.assign(values[1].begin(), values[1].end());
        }
        mean = perChannel(settings, std::move(mean), 0.0, pixels);
        variance = perChannel(settings, std::move(variance), 1.0, pixels);
        Numbers factors(pixels.channels()), offsets(pixels.channels());
        for (std::size_t c = 0; c < pixels.channels(); ++c) {
            const double deviation = std::max(std::sqrt(variance[c]), 1e-7);
            if (!std::isfinite(deviation) || !std::isfinite(mean[c]))
                settings.refuse("expected finite numbers and variances of at least 0");
            const bool isInverted = settings.flag("invert", false);
            factors[c] = isInverted ? deviation : 1.0 / deviation;
            offsets[c] = isInverted ? mean[c] : -mean[c] / deviation;
        }
        pixels.apply(factors, offsets);
        return true;
    }

    bool resize(const KerasSettingsReader& settings) {
        const auto [height, width] = settings.size("height", "width");
        m_result.height = height;
        m_result.width = width;
        m_resizedSide = 0;
        if (!settings.flag("crop_to_aspect_ratio", false))
            m_result.notes.push_back("The file stretches pictures to " + std::to_string(height) + " x " +
                                     std::to_string(width) +
                                     "; here they keep their proportions and are cropped around the centre.");
        return true;
    }

    bool crop(const KerasSettingsReader& settings, const std::string& className) {
        const auto [height, width] = settings.size("height", "width");
        if (m_resizedSide && m_result.height && m_result.width)
            m_resizedSide = std::min(*m_result.height, *m_result.width);
        else
            m_result.notes.push_back("The file crops pictures to " + std::to_string(height) + " x " +
                                     std::to_string(width) + " pixels in their own size (" + className +
                                     "); here they are resized to that before.");
        m_result.height = height;
        m_result.width = width;
        return true;
    }

    bool takeOperation(const KerasNode& node, Pixels& pixels) const {
        const std::optional<KerasOperation> operation = operationOf(node, m_result.isChannelsFirst);
        if (!operation)
            return false;
        if (operation->reversesChannels)
            pixels.reverse();
        else if (!operation->factors.empty() || !operation->offsets.empty())
            apply(KerasSettingsReader(node), pixels, operation->factors, operation->offsets);
        return true;
    }

    const KerasGraphNodes& m_graph;
    const KerasValues& m_valuesOf;
    int m_input = 0;
    std::optional<int> m_resizedSide;
    KerasPreparation m_result;
};

}  // namespace

bool passesInUse(const std::string& className) {
    if (className.starts_with("Random"))
        return className != "RandomCrop";
    constexpr std::array names{"Dropout",         "SpatialDropout2D", "GaussianNoise",
                               "GaussianDropout", "AlphaDropout",     "ActivityRegularization",
                               "Identity",        "AutoContrast",     "CutMix",
                               "MixUp",           "RandAugment"};
    return std::ranges::find(names, className) != names.end();
}

KerasPreparation readPreparation(const KerasGraphNodes& graph, const KerasValues& valuesOf) {
    return Reader(graph, valuesOf).read();
}

}  // namespace resnet
