#include "core/network/NetworkSpec.h"

#include "core/Error.h"
#include "core/network/GraphBuilder.h"

#include <algorithm>

namespace resnet {

namespace {

void requireRange(const std::string& field, int value, int low, int high) {
    if (value < low || value > high)
        throw Error(field + ": expected " + std::to_string(low) + " to " + std::to_string(high) + ", found " +
                    std::to_string(value));
}

}  // namespace

NetworkSpec resNet34() {
    return {};
}

NetworkSpec resNet18() {
    NetworkSpec spec;
    spec.unitsPerStage = {2, 2, 2, 2};
    return spec;
}

NetworkSpec plain34() {
    NetworkSpec spec;
    spec.shortcuts = false;
    return spec;
}

NetworkSpec specNamed(std::string_view architecture) {
    if (architecture == "resnet34")
        return resNet34();
    if (architecture == "resnet18")
        return resNet18();
    if (architecture == "plain34")
        return plain34();
    throw Error("architecture: expected resnet34, resnet18 or plain34, found '" + std::string(architecture) +
                "'");
}

namespace {

// Layers with weights along the main path: convolutions, and the dense layer.
int depthOf(const NetworkSpec& spec) {
    NetworkSpec narrow;
    narrow.unitsPerStage = spec.unitsPerStage;
    narrow.channelsPerStage.assign(spec.unitsPerStage.size(), 1);
    return int(std::ranges::count_if(partsOf(narrow).steps, [](const Step& step) {
        return step.multiplyAdds > 0 && step.way != Way::Shortcut;
    }));
}

}  // namespace

std::string displayName(const NetworkSpec& spec) {
    const std::string family = spec.shortcuts ? "ResNet" : "Plain";
    if (spec.unitsPerStage == resNet34().unitsPerStage || spec.unitsPerStage == resNet18().unitsPerStage)
        return family + "-" + std::to_string(depthOf(spec));
    std::string text = family;
    for (std::size_t i = 0; i < spec.unitsPerStage.size(); ++i)
        text += (i == 0 ? " " : "-") + std::to_string(spec.unitsPerStage[i]);
    return text;
}

std::string_view name(Padding padding) {
    switch (padding) {
        case Padding::Same:
            return "same";
        case Padding::Symmetric:
            return "symmetric";
        case Padding::SameTorch:
            return "same-torch";
    }
    return "";
}

Padding paddingNamed(std::string_view name) {
    if (name == "same")
        return Padding::Same;
    if (name == "symmetric")
        return Padding::Symmetric;
    if (name == "same-torch")
        return Padding::SameTorch;
    throw Error("padding: expected same, symmetric or same-torch, found '" + std::string(name) + "'");
}

void validate(const NetworkSpec& spec) {
    requireRange("stages", spec.stageCount(), 1, 6);
    if (spec.channelsPerStage.size() != spec.unitsPerStage.size())
        throw Error("channels: expected one number for each of " + std::to_string(spec.stageCount()) +
                    " stages, found " + std::to_string(spec.channelsPerStage.size()));
    for (int stage = 0; stage < spec.stageCount(); ++stage) {
        const std::string of = " of stage " + std::to_string(stage + 1);
        requireRange("units" + of, spec.unitsPerStage[stage], 1, 64);
        requireRange("channels" + of, spec.channelsPerStage[stage], 1, 4096);
    }
    requireRange("classes", spec.classes, 1, 100'000);
    requireRange("input height", spec.inputHeight, 32, 1024);
    requireRange("input width", spec.inputWidth, 32, 1024);
    if (!(spec.batchNormEpsilon > 0.0 && spec.batchNormEpsilon <= 1.0))
        throw Error("epsilon: expected a number above 0 and at most 1, found " +
                    std::to_string(spec.batchNormEpsilon));
}

}  // namespace resnet
