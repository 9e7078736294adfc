#include "core/model/ModelSettings.h"

#include "core/Error.h"
#include "core/files/BoundedJson.h"
#include "core/model/ModelMetadata.h"
#include "core/model/SpecDetection.h"
#include "core/tensor/NumberText.h"

#include <algorithm>
#include <cmath>

namespace resnet {

namespace {

constexpr std::size_t longestText = 32 * 1024 * 1024;

template <typename Value>
void dropIfEqual(std::optional<Value>& setting, const Value& detected) {
    if (setting == detected)
        setting.reset();
}

// Only the settings of the request, and only those that differ.
ModelRequest differences(const Model& detected, const ModelRequest& settings) {
    const NetworkSpec& spec = detected.network->spec();
    ModelRequest result;
    result.padding = settings.padding;
    result.batchNormEpsilon = settings.batchNormEpsilon;
    result.preprocessing = settings.preprocessing;
    result.classNames = settings.classNames;
    dropIfEqual(result.padding, spec.padding);
    dropIfEqual(result.batchNormEpsilon, spec.batchNormEpsilon);
    dropIfEqual(result.preprocessing, detected.preprocessing);
    dropIfEqual(result.classNames, detected.classNames);
    result.strideIn = settings.strideIn;
    result.shortcut = settings.shortcut;
    dropIfEqual(result.strideIn, spec.strideIn);
    dropIfEqual(result.shortcut, spec.shortcut);
    const int height = settings.inputHeight.value_or(spec.inputHeight);
    const int width = settings.inputWidth.value_or(spec.inputWidth);
    if (height != spec.inputHeight || width != spec.inputWidth) {
        result.inputHeight = height;
        result.inputWidth = width;
    }
    return result;
}

bool isEmpty(const ModelRequest& settings) {
    return !settings.padding && !settings.batchNormEpsilon && !settings.inputHeight &&
           !settings.preprocessing && !settings.classNames && !settings.strideIn && !settings.shortcut;
}

void putIn(NetworkSpec& spec, const ModelRequest& settings) {
    spec.padding = settings.padding.value_or(spec.padding);
    spec.batchNormEpsilon = settings.batchNormEpsilon.value_or(spec.batchNormEpsilon);
    spec.inputHeight = settings.inputHeight.value_or(spec.inputHeight);
    spec.inputWidth = settings.inputWidth.value_or(spec.inputWidth);
    spec.strideIn = settings.strideIn.value_or(spec.strideIn);
    spec.shortcut = settings.shortcut.value_or(spec.shortcut);
}

void checkFamily(const Model& model, const ModelRequest& changes) {
    if (changes.strideIn && !canChangeStride(model))
        throw Error("stride in: only bottleneck units, whose layers the file does not state, leave it open");
    if (changes.shortcut && (!canChangeShortcut(model) || !isWithoutParameters(*changes.shortcut)))
        throw Error("shortcut: the file holds " + std::string(name(model.network->spec().shortcut)) + ", " +
                    std::string(name(*changes.shortcut)) + " was asked for");
}

// The network with another spec of the same parameters. One that is written as layers, as it is not quite a
// member of the family, is found anew.
std::shared_ptr<const Network> networkWith(const Model& model, const NetworkSpec& spec) {
    const Network& network = *model.network;
    const bool isOtherFamily =
        spec.strideIn != network.spec().strideIn || spec.shortcut != network.spec().shortcut;
    if (!isOtherFamily || !network.graph().statedLayers())
        return std::make_shared<const Network>(network.withSpec(spec));
    ModelRequest request;
    request.strideIn = spec.strideIn;
    request.shortcut = spec.shortcut;
    request.stem = spec.stem;
    std::vector<std::string> problems;
    const DetectedNetwork found = detectNetwork(network.parameters(), request, {}, problems);
    if (!problems.empty())
        throw Error(problems.front());
    return std::make_shared<const Network>(found.layers ? Graph(found.layers, spec) : Graph(spec),
                                           network.parameters());
}

void markAsUsers(SettingSources& sources, const ModelRequest& settings) {
    const auto mark = [](SettingSource& source, bool isSet) {
        if (isSet)
            source = SettingSource::User;
    };
    mark(sources.padding, settings.padding.has_value());
    mark(sources.batchNormEpsilon, settings.batchNormEpsilon.has_value());
    mark(sources.inputSize, settings.inputHeight.has_value());
    mark(sources.preprocessing, settings.preprocessing.has_value());
    mark(sources.classNames, settings.classNames.has_value());
    mark(sources.strideIn, settings.strideIn.has_value());
    mark(sources.shortcut, settings.shortcut.has_value());
}

bool isFinite(const std::array<float, 3>& values) {
    return std::ranges::all_of(values, [](float value) { return std::isfinite(value); });
}

}  // namespace

ModelPtr withSettings(const ModelPtr& model, const ModelRequest& settings) {
    const ModelPtr& detected = model->detected ? model->detected : model;
    const ModelRequest changes = differences(*detected, settings);
    if (isEmpty(changes))
        return detected;

    if (const auto& layers = detected->graph().statedLayers())
        checkSettings(*layers, changes);
    checkFamily(*detected, changes);
    auto changed = std::make_shared<Model>(*detected);
    NetworkSpec spec = detected->network->spec();
    putIn(spec, changes);
    if (spec != detected->network->spec())
        changed->network = networkWith(*detected, spec);
    if (changes.preprocessing) {
        validate(*changes.preprocessing);
        changed->preprocessing = *changes.preprocessing;
    }
    if (changes.classNames) {
        if (changes.classNames->size() != std::size_t(spec.classes))
            throw Error("class names: expected " + std::to_string(spec.classes) + ", one per class, found " +
                        std::to_string(changes.classNames->size()));
        changed->classNames = *changes.classNames;
    }
    markAsUsers(changed->sources, changes);
    changed->detected = detected;

    const std::vector<std::string> answered = guessesIn(*detected);
    std::erase_if(changed->notes, [&](const std::string& note) {
        return std::ranges::find(answered, note) != answered.end();
    });
    std::ranges::move(guessesIn(*changed), std::back_inserter(changed->notes));
    return changed;
}

ModelRequest settingsOf(const Model& model) {
    const NetworkSpec& spec = model.network->spec();
    ModelRequest settings;
    settings.padding = spec.padding;
    settings.batchNormEpsilon = spec.batchNormEpsilon;
    settings.inputHeight = spec.inputHeight;
    settings.inputWidth = spec.inputWidth;
    settings.preprocessing = model.preprocessing;
    settings.classNames = model.classNames;
    settings.strideIn = spec.strideIn;
    settings.shortcut = spec.shortcut;
    return settings;
}

bool canChangeStride(const Model& model) {
    return !model.statesLayers && model.network->spec().unit == UnitKind::Bottleneck;
}

bool canChangeShortcut(const Model& model) {
    return !model.statesLayers && isWithoutParameters(model.network->spec().shortcut);
}

ModelRequest changedSettings(const Model& model) {
    return model.detected ? differences(*model.detected, settingsOf(model)) : ModelRequest{};
}

void validate(const Preprocessing& preprocessing) {
    if (!(preprocessing.scale > 0.0f && preprocessing.scale <= 1000.0f))
        throw Error("scale: expected a number above 0 and at most 1000, found " +
                    std::to_string(preprocessing.scale));
    if (preprocessing.shorterSide < 0 || preprocessing.shorterSide > 8192)
        throw Error("shorter side: expected 0 to 8192 pixels, found " +
                    std::to_string(preprocessing.shorterSide));
    if (!isFinite(preprocessing.mean))
        throw Error("mean: expected three finite numbers");
    if (!isFinite(preprocessing.deviation) ||
        std::ranges::find(preprocessing.deviation, 0.0f) != preprocessing.deviation.end())
        throw Error("standard deviation: expected three finite numbers other than 0");
}

std::vector<std::string> guessesIn(const Model& model) {
    std::vector<std::string> lines;
    std::string guessed;
    const NetworkSpec& spec = model.network->spec();
    const bool mayBeTorch = model.sources.padding == SettingSource::Guess && spec.padding == Padding::Same;
    if (model.sources.padding == SettingSource::Guess)
        guessed = std::string(name(spec.padding)) + " padding";
    if (model.sources.batchNormEpsilon == SettingSource::Guess)
        guessed += std::string(guessed.empty() ? "" : " and ") + "a batch-norm epsilon of " +
                   numberText(spec.batchNormEpsilon);
    if (!guessed.empty())
        lines.push_back("The file does not say how it pads or normalises: " + guessed + " is a guess" +
                        (mayBeTorch ? "; same-torch, if Keras 3.0 to 3.8 trained it on PyTorch." : "."));
    if (model.sources.strideIn == SettingSource::Guess)
        lines.emplace_back(
            "Shapes do not tell which convolution of a bottleneck unit has the stride: the 3 x 3 is a guess, "
            "as in torchvision (stride in conv1 for networks like those of 2015).");
    if (model.sources.shortcut == SettingSource::Guess)
        lines.emplace_back(
            "No shortcut has parameters: every second pixel and zeros for new channels, half of them before, are a "
            "guess, as in He et al.'s networks for CIFAR (shortcut padding; padding-after, and none for the plain network, "
            "are others).");
    if (model.sources.preprocessing == SettingSource::Guess) {
        const bool isImageNet = model.preprocessing.mean == Preprocessing{}.mean;
        lines.push_back(
            std::string("The file does not say how pictures are prepared: ") +
            (isImageNet ? "ImageNet's mean and standard deviation are" : "pixels from 0 to 1 are") +
            " a guess.");
    }
    return lines;
}

std::string settingsText(const ModelRequest& settings) {
    const MetadataText text = metadataOf(settings);
    return text.empty() ? std::string() : nlohmann::json(text).dump();
}

std::optional<ModelRequest> settingsFromText(std::string_view text) {
    if (text.size() > longestText)
        return std::nullopt;
    constexpr std::size_t mostParts = 200;
    const nlohmann::json root = parseJson(text, 1, mostParts);
    if (!root.is_object())
        return std::nullopt;
    ModelRequest settings;
    try {
        const auto values = root.get<MetadataText>();
        std::vector<std::string> problems;
        ModelMetadata metadata = parseMetadata(values, problems);
        if (!problems.empty())
            return std::nullopt;
        settings.padding = metadata.padding;
        settings.batchNormEpsilon = metadata.batchNormEpsilon;
        settings.inputHeight = metadata.inputHeight;
        settings.inputWidth = metadata.inputWidth;
        settings.preprocessing = metadata.preprocessing;
        settings.strideIn = metadata.strideIn;
        settings.shortcut = metadata.shortcut;
        settings.classNames = std::move(metadata.classNames);
        return settings;
    } catch (const nlohmann::json::exception&) {  // a value that is no text
        return std::nullopt;
    }
}

}  // namespace resnet
