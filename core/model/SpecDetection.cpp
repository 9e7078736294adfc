#include "core/model/SpecDetection.h"

#include "core/Error.h"
#include "core/model/LayerDifferences.h"
#include "core/model/LookAlike.h"

#include <algorithm>
#include <charconv>
#include <string_view>

namespace resnet {

namespace {

// A number of up to four digits at the start of `text`, which it is cut from together with the dot behind it.
int takeNumber(std::string_view& text) {
    int value = -1;
    const auto [end, error] =
        std::from_chars(text.data(), text.data() + std::min<std::size_t>(text.size(), 4), value);
    const auto length = std::size_t(end - text.data());
    if (error != std::errc() || value < 0 || length >= text.size() || text[length] != '.')
        return -1;
    text.remove_prefix(length + 1);
    return value;
}

}  // namespace

std::vector<int> unitsPerStageIn(const StateDict& parameters) {
    std::vector<int> units;
    for (const auto& [name, tensor] : parameters) {
        std::string_view rest = name;
        if (!rest.starts_with("layer"))
            continue;
        rest.remove_prefix(5);
        const int stage = takeNumber(rest);
        if (stage < 1)
            continue;
        const int unit = takeNumber(rest);
        if (unit < 0)
            continue;
        if (units.size() < std::size_t(stage))
            units.resize(std::size_t(stage), 0);
        units[std::size_t(stage) - 1] = std::max(units[std::size_t(stage) - 1], unit + 1);
    }
    return units;
}

namespace {

// The length of a vector, or nothing if the tensor is missing or no vector. Vectors tell the number of
// channels whatever layout the kernels have.
std::optional<int> lengthOf(const StateDict& parameters, const std::string& name) {
    const auto found = parameters.find(name);
    if (found == parameters.end() || found->second.shape.size() != 1 || found->second.shape[0] > 1'000'000)
        return std::nullopt;
    return int(found->second.shape[0]);
}

std::optional<int> firstExtentOf(const StateDict& parameters, const std::string& name) {
    const auto found = parameters.find(name);
    if (found == parameters.end() || found->second.shape.empty() || found->second.shape[0] > 1'000'000)
        return std::nullopt;
    return int(found->second.shape[0]);
}

const Tensor* tensorNamed(const StateDict& parameters, const std::string& name) {
    const auto found = parameters.find(name);
    return found == parameters.end() ? nullptr : &found->second;
}

bool has(const StateDict& parameters, const std::string& name) {
    return parameters.contains(name);
}

std::string unitName(int stage, int unit) {
    return "layer" + std::to_string(stage + 1) + "." + std::to_string(unit) + ".";
}

// Of a convolution, or of the batch norm behind it where that is there.
std::optional<int> channelsOf(const StateDict& parameters, const std::string& unit,
                              const std::string& number) {
    for (const char* suffix : {".weight", ".bias"})
        if (const auto length = lengthOf(parameters, unit + "bn" + number + suffix))
            return length;
    return firstExtentOf(parameters, unit + "conv" + number + ".weight");
}

std::string listText(const std::vector<int>& values) {
    std::string text;
    for (const int value : values)
        text += (text.empty() ? "" : "-") + std::to_string(value);
    return text;
}

[[noreturn]] void refuseStranger(const StateDict& parameters) {
    if (const auto known = lookAlike(parameters))
        throw Error(
            "this looks like " + *known +
            "; expected a residual network of basic, bottleneck or pre-activation units, such as ResNet-34");
    throw Error("expected a residual network with tensors such as 'layer1.0.conv1.weight', found " +
                std::to_string(parameters.size()) + " tensors, the first of them '" +
                parameters.begin()->first + "'");
}

// Reads the family off names and shapes.
class Detector {
public:
    Detector(const StateDict& parameters, const ModelRequest& request, const ModelMetadata& metadata,
             std::vector<std::string>& problems)
        : m_parameters(parameters), m_request(request), m_metadata(metadata), m_problems(problems) {}

    DetectedNetwork detect() {
        NetworkSpec& spec = m_found.spec;
        spec.unitsPerStage = unitsPerStageIn(m_parameters);
        if (spec.unitsPerStage.empty() || lookAlike(m_parameters) || !hasConvolutionsInUnits())
            refuseStranger(m_parameters);
        std::ranges::replace(spec.unitsPerStage, 0, 1);  // so that what is missing there gets listed
        detectUnit();
        detectChannels();
        detectStem();
        detectHead();
        detectShortcuts();
        checkRequest(spec, m_request, m_problems);
        return std::move(m_found);
    }

private:
    bool hasConvolutionsInUnits() const {
        for (int stage = 0; stage < m_found.spec.stageCount(); ++stage)
            for (int unit = 0; unit < m_found.spec.unitsPerStage[std::size_t(stage)]; ++unit)
                if (has(m_parameters, unitName(stage, unit) + "conv1.weight"))
                    return true;
        return false;
    }

    void detectUnit() {
        NetworkSpec& spec = m_found.spec;
        if (has(m_parameters, "layer1.0.conv3.weight")) {
            if (isPreActivation())
                throw Error(
                    "its bottleneck units have a batch norm before each convolution (pre-activation), which this program "
                    "computes where a Keras file states its layers, but not from names and shapes; expected them behind");
            spec.unit = UnitKind::Bottleneck;
            spec.strideIn = m_request.strideIn.value_or(m_metadata.strideIn.value_or(StrideIn::Conv2));
        } else if (isPreActivation()) {
            spec.unit = UnitKind::PreActivation;
            if (!m_request.unit && !m_metadata.unit && hasAnyProjection())
                m_found.notes.emplace_back(
                    "Shapes do not tell what the projections of pre-activation units read, nor which convolution has the "
                    "stride: what the first batch norm and ReLU make, and the first convolution, are a guess, as in the "
                    "networks of 2016.");
        }
    }

    // Batch norm before a convolution has the channels that the convolution reads. Where no unit changes
    // them, a stem without batch norm tells.
    bool isPreActivation() const {
        for (int stage = 0; stage < m_found.spec.stageCount(); ++stage) {
            const Tensor* kernel = tensorNamed(m_parameters, unitName(stage, 0) + "conv1.weight");
            const auto norm = lengthOf(m_parameters, unitName(stage, 0) + "bn1.weight");
            if (kernel && norm && kernel->shape.size() == 4 && kernel->shape[0] != kernel->shape[1])
                return *norm == kernel->shape[1];
        }
        return has(m_parameters, "post_bn.weight") && !has(m_parameters, "bn1.weight");
    }

    void detectChannels() {
        NetworkSpec& spec = m_found.spec;
        spec.channelsPerStage.clear();
        for (int stage = 0; stage < spec.stageCount(); ++stage) {
            const std::string unit = unitName(stage, 0);
            const char* number = spec.unit == UnitKind::Basic ? "1" : "2";
            std::optional<int> channels = channelsOf(m_parameters, unit, number);
            if (!channels)
                channels = channelsOf(m_parameters, unit, spec.unit == UnitKind::Basic ? "2" : "1");
            spec.channelsPerStage.push_back(channels.value_or(64 << std::min(stage, 5)));
        }
        const auto outputs = channelsOf(m_parameters, unitName(0, 0), "3");
        if (spec.unit == UnitKind::Bottleneck && outputs)
            spec.expansion = std::max(1, *outputs / std::max(1, spec.channelsPerStage.front()));
    }

    void detectStem() {
        NetworkSpec& spec = m_found.spec;
        const Tensor* kernel = tensorNamed(m_parameters, "conv1.weight");
        if (kernel == nullptr || kernel->shape.size() != 4)
            return;
        const std::int64_t side = kernel->shape[3];
        if (const auto asked = m_request.stem ? m_request.stem : m_metadata.stem)
            spec.stem = *asked;
        else
            spec.stem = side == 3 ? StemKind::Small : StemKind::Large;
        if (side == 3 && spec.stem == StemKind::Small && !m_request.stem && !m_metadata.stem)
            m_found.notes.emplace_back(
                "The first convolution is 3 x 3: that it has stride 1 and no pooling behind it is a guess, as in "
                "networks for pictures of 32 x 32.");
        const std::int64_t channels = kernel->shape[1];
        if (channels == 1 || channels == 3 || channels == 4)
            spec.inputChannels = int(channels);
        const auto norm =
            lengthOf(m_parameters, "bn1.weight");  // a kernel in another layout disagrees with it
        if (kernel->shape[0] != spec.channelsPerStage.front() && kernel->shape[0] <= 4096 &&
            norm.value_or(int(kernel->shape[0])) == kernel->shape[0])
            spec.stemChannels = int(kernel->shape[0]);
    }

    void detectHead() {
        NetworkSpec& spec = m_found.spec;
        const auto biases = lengthOf(m_parameters, "fc.bias");
        const auto rows = firstExtentOf(m_parameters, "fc.weight");
        spec.classes = biases ? *biases : rows.value_or(spec.classes);
        if (!biases && !rows)
            throw Error(
                "there is no dense layer (fc.weight, fc.bias): a network without its head has no classes");
    }

    bool hasProjection(int stage, int unit) const {
        return has(m_parameters, unitName(stage, unit) + "downsample.0.weight");
    }

    bool hasAnyProjection() const {
        return std::ranges::any_of(
            m_parameters, [](const auto& entry) { return entry.first.ends_with(".downsample.0.weight"); });
    }

    void detectShortcuts() {
        NetworkSpec& spec = m_found.spec;
        int projections = 0;
        bool areEverywhere = true;
        for (int stage = 0; stage < spec.stageCount(); ++stage)
            for (int unit = 0; unit < spec.unitsPerStage[std::size_t(stage)]; ++unit) {
                projections += hasProjection(stage, unit);
                areEverywhere &= hasProjection(stage, unit);
            }
        if (projections > 0) {
            const bool isUsual = spec.stageCount() == 1 && spec.unitsPerStage.front() == 1;
            spec.shortcut =
                areEverywhere && !isUsual ? ShortcutKind::ProjectionAlways : ShortcutKind::Projection;
            if (m_request.architecture == "plain34" || m_request.shortcut == ShortcutKind::None)
                m_problems.emplace_back(
                    "shortcut: a network without shortcuts was asked for, the file holds projections");
            else if (m_request.shortcut && *m_request.shortcut != spec.shortcut)
                m_problems.push_back("shortcut: " + std::string(name(*m_request.shortcut)) +
                                     " was asked for, the file holds " + std::string(name(spec.shortcut)));
            return;
        }
        const bool needsNone = spec.stageCount() == 1 && spec.outputChannels(0) == spec.channelsOfStem();
        const bool saysPlain = m_metadata.architecture == "plain34";
        if (m_request.shortcut || m_metadata.shortcut || saysPlain) {
            spec.shortcut = m_request.shortcut.value_or(m_metadata.shortcut.value_or(ShortcutKind::None));
        } else if (!needsNone && (m_request.guessesShortcut ||
                                  (spec.stem == StemKind::Small && spec.unit != UnitKind::PreActivation))) {
            spec.shortcut = ShortcutKind::Padding;
        } else if (!needsNone) {
            m_problems.emplace_back(
                "no shortcut has a projection (layer2.0.downsample.0.weight and so on): ask for the shortcut padding or "
                "padding-after if they are shortcuts without parameters (every second pixel, zero channels), or none if "
                "this is the plain network");
        }
        if ((spec.shortcut == ShortcutKind::Projection || spec.shortcut == ShortcutKind::ProjectionAlways) &&
            (m_request.shortcut || !needsNone) && m_problems.empty())
            m_problems.push_back("shortcut: " + std::string(name(spec.shortcut)) +
                                 " was asked for, but no shortcut of the file has a projection");
    }

    const StateDict& m_parameters;
    const ModelRequest& m_request;
    const ModelMetadata& m_metadata;
    std::vector<std::string>& m_problems;
    DetectedNetwork m_found;
};

}  // namespace

void checkRequest(const NetworkSpec& found, const ModelRequest& request, std::vector<std::string>& problems) {
    const auto contradict = [&](const std::string& field, const std::string& asked, const std::string& held) {
        problems.push_back(field + ": " + asked + " was asked for, the file holds " + held);
    };
    if (request.architecture) {
        const NetworkSpec named = specNamed(*request.architecture);
        if (named.unitsPerStage != found.unitsPerStage || named.unit != found.unit)
            contradict("architecture", *request.architecture,
                       "a " + displayName(found) + " (units " + listText(found.unitsPerStage) + ")");
        else if (!named.hasShortcuts() && found.hasShortcuts())
            problems.push_back(
                "architecture: " + *request.architecture +
                " was asked for; that a file without projections holds no shortcuts at all, and not "
                "shortcuts without parameters, has to be said: shortcut none");
    }
    if (request.unit && *request.unit != found.unit)
        contradict("unit", std::string(name(*request.unit)), std::string(name(found.unit)));
    if (request.stem && *request.stem != found.stem)
        contradict("stem", std::string(name(*request.stem)), std::string(name(found.stem)));
    if (request.inputChannels && *request.inputChannels != found.inputChannels)
        contradict("input channels", std::to_string(*request.inputChannels),
                   std::to_string(found.inputChannels));
    if (request.unitsPerStage && *request.unitsPerStage != found.unitsPerStage)
        contradict("units", listText(*request.unitsPerStage), listText(found.unitsPerStage));
    if (request.channelsPerStage && *request.channelsPerStage != found.channelsPerStage)
        contradict("channels", listText(*request.channelsPerStage), listText(found.channelsPerStage));
    if (request.classes && *request.classes != found.classes)
        contradict("classes", std::to_string(*request.classes), std::to_string(found.classes));
}

void checkSettings(const LayerGraph& layers, const ModelRequest& request) {
    const auto any = [&](auto follows) { return std::ranges::any_of(layers.layers, follows); };
    if (request.padding &&
        !any([](const Layer& layer) { return infoOf(layer.kind).hasWindow() && !layer.window.isStated; }))
        throw Error("padding: " + std::string(name(*request.padding)) +
                    " was asked for, but each layer of the file states its own");
    if (request.batchNormEpsilon &&
        !any([](const Layer& layer) { return layer.kind == StepKind::BatchNorm && !layer.settings.epsilon; }))
        throw Error("epsilon: each batch norm of the file states its own, or there is none");
}

DetectedNetwork detectNetwork(const StateDict& parameters, const ModelRequest& request,
                              const ModelMetadata& metadata, std::vector<std::string>& problems) {
    DetectedNetwork found = Detector(parameters, request, metadata, problems).detect();
    NetworkSpec spec = found.spec;
    spec.inputHeight = spec.inputWidth = 224;
    try {
        found.layers = layersWithDifferences(parameters, spec, found.notes);
    } catch (const Error&) {  // out of range: validate() says so where all settings are known
    }
    return found;
}

}  // namespace resnet
