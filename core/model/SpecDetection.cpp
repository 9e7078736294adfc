#include "core/model/SpecDetection.h"

#include "core/Error.h"
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

int channelsOfStage(const StateDict& parameters, int stage) {
    const std::string unit = "layer" + std::to_string(stage + 1) + ".0.";
    for (const char* norm : {"bn1.weight", "bn1.bias", "bn2.weight", "bn2.bias"})
        if (const auto length = lengthOf(parameters, unit + norm))
            return *length;
    for (const char* kernel : {"conv1.weight", "conv2.weight"})
        if (const auto extent = firstExtentOf(parameters, unit + kernel))
            return *extent;
    return 64 << std::min(stage, 5);
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
            "; expected a residual network whose units have two 3 x 3 convolutions, such as ResNet-34");
    throw Error("expected a residual network with tensors such as 'layer1.0.conv1.weight', found " +
                std::to_string(parameters.size()) + " tensors, the first of them '" +
                parameters.begin()->first + "'");
}

bool isProjection(const std::string& name) {
    return name.starts_with("layer") && name.find(".downsample.") != std::string::npos;
}

void checkRequest(const NetworkSpec& found, const ModelRequest& request, std::vector<std::string>& problems) {
    const auto contradict = [&](const std::string& field, const std::string& asked, const std::string& held) {
        problems.push_back(field + ": " + asked + " was asked for, the file holds " + held);
    };
    if (request.architecture && specNamed(*request.architecture).unitsPerStage != found.unitsPerStage)
        contradict("architecture", *request.architecture,
                   "a " + displayName(found) + " (units " + listText(found.unitsPerStage) + ")");
    if (request.unitsPerStage && *request.unitsPerStage != found.unitsPerStage)
        contradict("units", listText(*request.unitsPerStage), listText(found.unitsPerStage));
    if (request.channelsPerStage && *request.channelsPerStage != found.channelsPerStage)
        contradict("channels", listText(*request.channelsPerStage), listText(found.channelsPerStage));
    if (request.classes && *request.classes != found.classes)
        contradict("classes", std::to_string(*request.classes), std::to_string(found.classes));
}

}  // namespace

NetworkSpec detectSpec(const StateDict& parameters, const ModelRequest& request,
                       const ModelMetadata& metadata, std::vector<std::string>& problems) {
    NetworkSpec spec;
    spec.unitsPerStage = unitsPerStageIn(parameters);
    if (spec.unitsPerStage.empty() || lookAlike(parameters))
        refuseStranger(parameters);
    std::ranges::replace(spec.unitsPerStage, 0, 1);  // so that what is missing there gets listed
    spec.channelsPerStage.clear();
    for (int stage = 0; stage < spec.stageCount(); ++stage)
        spec.channelsPerStage.push_back(channelsOfStage(parameters, stage));
    const auto biases = lengthOf(parameters, "fc.bias");
    const auto rows = firstExtentOf(parameters, "fc.weight");
    spec.classes = biases ? *biases : rows.value_or(spec.classes);

    const bool hasProjections =
        std::ranges::any_of(parameters, [](const auto& entry) { return isProjection(entry.first); });
    const std::string asked = request.architecture.value_or(metadata.architecture.value_or(""));
    spec.shortcuts = asked != "plain34";
    if (request.architecture == "plain34" && hasProjections) {
        problems.emplace_back("architecture: plain34 was asked for, the file holds shortcuts");
        spec.shortcuts = true;
    }
    if (spec.shortcuts && !hasProjections && spec.stageCount() > 1) {
        problems.emplace_back(
            "no shortcut has a projection, and no tensor tells what is there instead: shortcuts without parameters "
            "(option A: every second pixel, zero channels), which this program does not compute, or no shortcuts; "
            "--architecture plain34 computes it without any, and other numbers than its own if it has some");
        spec.shortcuts = false;  // nothing else of it is missing
    }
    checkRequest(spec, request, problems);
    return spec;
}

}  // namespace resnet
