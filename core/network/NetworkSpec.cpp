#include "core/network/NetworkSpec.h"

#include "core/Error.h"

#include <array>
#include <charconv>
#include <numeric>
#include <optional>
#include <utility>

namespace resnet {

namespace {

void requireRange(const std::string& field, int value, int low, int high) {
    if (value < low || value > high)
        throw Error(field + ": expected " + std::to_string(low) + " to " + std::to_string(high) + ", found " +
                    std::to_string(value));
}

struct NamedSpec {
    std::string name;
    NetworkSpec spec;
};

NetworkSpec imageNetSpec(std::vector<int> units, UnitKind unit) {
    NetworkSpec spec;
    spec.unitsPerStage = std::move(units);
    spec.unit = unit;
    return spec;
}

NetworkSpec cifarSpec(int layers) {
    NetworkSpec spec;
    spec.unitsPerStage.assign(3, (layers - 2) / 6);
    spec.channelsPerStage = {16, 32, 64};
    spec.stem = StemKind::Small;
    spec.shortcut = ShortcutKind::Padding;
    spec.inputHeight = spec.inputWidth = 32;
    return spec;
}

const std::vector<NamedSpec>& namedSpecs() {
    static const std::vector<NamedSpec> specs = [] {
        std::vector<NamedSpec> list{
            {"resnet18", imageNetSpec({2, 2, 2, 2}, UnitKind::Basic)},
            {"resnet34", imageNetSpec({3, 4, 6, 3}, UnitKind::Basic)},
            {"resnet50", imageNetSpec({3, 4, 6, 3}, UnitKind::Bottleneck)},
            {"resnet101", imageNetSpec({3, 4, 23, 3}, UnitKind::Bottleneck)},
            {"resnet152", imageNetSpec({3, 8, 36, 3}, UnitKind::Bottleneck)},
            {"plain34", imageNetSpec({3, 4, 6, 3}, UnitKind::Basic)},
            {"preact18", imageNetSpec({2, 2, 2, 2}, UnitKind::PreActivation)},
            {"preact34", imageNetSpec({3, 4, 6, 3}, UnitKind::PreActivation)},
        };
        list[5].spec.shortcut = ShortcutKind::None;
        for (const int layers : {20, 32, 44, 56, 110})
            list.push_back({"cifar" + std::to_string(layers), cifarSpec(layers)});
        return list;
    }();
    return specs;
}

// The factor behind "-x", which is cut off; 1 where there is none, 0 where it is no factor.
int takeFactor(std::string_view& architecture) {
    const std::size_t at = architecture.find("-x");
    if (at == architecture.npos)
        return 1;
    int factor = 0;
    const std::string_view digits = architecture.substr(at + 2);
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), factor);
    const bool isFactor =
        error == std::errc() && end == digits.data() + digits.size() && factor >= 2 && factor <= 16;
    architecture = architecture.substr(0, at);
    return isFactor ? factor : 0;
}

// Wider convolutions between an unchanged stem and, in bottleneck units, unchanged outputs (Zagoruyko &
// Komodakis, "Wide Residual Networks", 2016).
NetworkSpec widened(NetworkSpec spec, int factor) {
    if (factor == 1)
        return spec;
    spec.stemChannels = spec.channelsOfStem();
    for (int& channels : spec.channelsPerStage)
        channels *= factor;
    if (spec.unit == UnitKind::Bottleneck && spec.expansion % factor == 0)
        spec.expansion /= factor;
    return spec;
}

template <typename Value, std::size_t Count>
Value valueNamed(const char* field, std::string_view word, const std::array<Value, Count>& values) {
    std::string known;
    for (std::size_t i = 0; i < Count; ++i) {
        if (name(values[i]) == word)
            return values[i];
        known += std::string(i == 0 ? "" : i + 1 == Count ? " or " : ", ") + std::string(name(values[i]));
    }
    throw Error(std::string(field) + ": expected " + known + ", found '" + std::string(word) + "'");
}

int unitCount(const NetworkSpec& spec) {
    return std::accumulate(spec.unitsPerStage.begin(), spec.unitsPerStage.end(), 0);
}

// By what its tensors cannot hide: units, their kind and whether there are shortcuts.
bool isOfFamily(const NetworkSpec& spec, const NetworkSpec& named) {
    return spec.unitsPerStage == named.unitsPerStage && spec.unit == named.unit && spec.stem == named.stem &&
           spec.hasShortcuts() == named.hasShortcuts();
}

}  // namespace

NetworkSpec resNet34() {
    return {};
}

NetworkSpec resNet18() {
    return specNamed("resnet18");
}

NetworkSpec plain34() {
    return specNamed("plain34");
}

NetworkSpec specNamed(std::string_view architecture) {
    std::string_view base = architecture;
    const int factor = takeFactor(base);
    std::string known;
    for (const NamedSpec& named : namedSpecs()) {
        if (factor > 0 && named.name == base)
            return widened(named.spec, factor);
        known += (known.empty() ? "" : ", ") + named.name;
    }
    throw Error("architecture: expected " + known +
                ", or one of them with a factor as in resnet50-x2, found '" + std::string(architecture) +
                "'");
}

const std::vector<std::string>& architectureNames() {
    static const std::vector<std::string> names = [] {
        std::vector<std::string> list;
        for (const NamedSpec& named : namedSpecs())
            list.push_back(named.name);
        return list;
    }();
    return names;
}

std::string architectureOf(const NetworkSpec& spec) {
    for (const NamedSpec& named : namedSpecs())
        if (isOfFamily(spec, named.spec))
            return named.name;
    return {};
}

std::string displayName(const NetworkSpec& spec) {
    std::string family = spec.hasShortcuts() ? "ResNet" : "Plain";
    if (spec.unit == UnitKind::PreActivation)
        family = "Pre-activation " + family;
    if (spec.stem == StemKind::Small)
        family = "CIFAR " + family;
    if (!architectureOf(spec).empty() || isOfFamily(spec, plain34())) {
        // Named by layers with weights: the stem, the convolutions of the main paths, and the dense layer.
        const int convolutions = spec.unit == UnitKind::Bottleneck ? 3 : 2;
        return family + "-" + std::to_string(convolutions * unitCount(spec) + 2);
    }
    for (std::size_t i = 0; i < spec.unitsPerStage.size(); ++i)
        family += (i == 0 ? " " : "-") + std::to_string(spec.unitsPerStage[i]);
    return family;
}

bool isWithoutParameters(ShortcutKind shortcut) {
    return shortcut == ShortcutKind::Padding || shortcut == ShortcutKind::PaddingAfter ||
           shortcut == ShortcutKind::None;
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

std::string_view name(UnitKind unit) {
    switch (unit) {
        case UnitKind::Basic:
            return "basic";
        case UnitKind::Bottleneck:
            return "bottleneck";
        case UnitKind::PreActivation:
            return "pre-activation";
    }
    return "";
}

std::string_view name(StrideIn strideIn) {
    return strideIn == StrideIn::Conv1 ? "conv1" : "conv2";
}

std::string_view name(ShortcutKind shortcut) {
    switch (shortcut) {
        case ShortcutKind::Projection:
            return "projection";
        case ShortcutKind::ProjectionAlways:
            return "projection-always";
        case ShortcutKind::Padding:
            return "padding";
        case ShortcutKind::PaddingAfter:
            return "padding-after";
        case ShortcutKind::None:
            return "none";
    }
    return "";
}

std::string_view name(StemKind stem) {
    return stem == StemKind::Large ? "7x7" : "3x3";
}

Padding paddingNamed(std::string_view word) {
    return valueNamed("padding", word, std::array{Padding::Same, Padding::Symmetric, Padding::SameTorch});
}

UnitKind unitKindNamed(std::string_view word) {
    return valueNamed("unit", word,
                      std::array{UnitKind::Basic, UnitKind::Bottleneck, UnitKind::PreActivation});
}

StrideIn strideInNamed(std::string_view word) {
    return valueNamed("stride-in", word, std::array{StrideIn::Conv1, StrideIn::Conv2});
}

ShortcutKind shortcutKindNamed(std::string_view word) {
    return valueNamed("shortcut", word,
                      std::array{ShortcutKind::Projection, ShortcutKind::ProjectionAlways,
                                 ShortcutKind::Padding, ShortcutKind::PaddingAfter, ShortcutKind::None});
}

StemKind stemKindNamed(std::string_view word) {
    return valueNamed("stem", word, std::array{StemKind::Large, StemKind::Small});
}

void validate(const NetworkSpec& spec) {
    requireRange("stages", spec.stageCount(), 1, 6);
    if (spec.channelsPerStage.size() != spec.unitsPerStage.size())
        throw Error("channels: expected one number for each of " + std::to_string(spec.stageCount()) +
                    " stages, found " + std::to_string(spec.channelsPerStage.size()));
    for (int stage = 0; stage < spec.stageCount(); ++stage) {
        const std::string of = " of stage " + std::to_string(stage + 1);
        requireRange("units" + of, spec.unitsPerStage[std::size_t(stage)], 1, 64);
        requireRange("channels" + of, spec.channelsPerStage[std::size_t(stage)], 1, 4096);
    }
    requireRange("classes", spec.classes, 1, 100'000);
    const int smallest = spec.stem == StemKind::Small ? 16 : 32;
    requireRange("input height", spec.inputHeight, smallest, 1024);
    requireRange("input width", spec.inputWidth, smallest, 1024);
    if (spec.inputChannels != 1 && spec.inputChannels != 3 && spec.inputChannels != 4)
        throw Error("input channels: expected 1, 3 or 4, found " + std::to_string(spec.inputChannels));
    requireRange("expansion", spec.expansion, 1, 16);
    requireRange("channels of the stem", spec.channelsOfStem(), 1, 4096);
    if (spec.unit == UnitKind::PreActivation && !spec.hasShortcuts())
        throw Error("shortcut: pre-activation units have no form without shortcuts");
    if (spec.shortcut == ShortcutKind::Padding || spec.shortcut == ShortcutKind::PaddingAfter)
        for (int stage = 0; stage < spec.stageCount(); ++stage) {
            const int before = stage == 0 ? spec.channelsOfStem() : spec.outputChannels(stage - 1);
            if (spec.outputChannels(stage) < before)
                throw Error("shortcut: padding only adds channels, but stage " + std::to_string(stage + 1) +
                            " has " + std::to_string(spec.outputChannels(stage)) + " after " +
                            std::to_string(before));
        }
    if (!(spec.batchNormEpsilon > 0.0 && spec.batchNormEpsilon <= 1.0))
        throw Error("epsilon: expected a number above 0 and at most 1, found " +
                    std::to_string(spec.batchNormEpsilon));
}

}  // namespace resnet
