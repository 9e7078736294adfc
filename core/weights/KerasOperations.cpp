#include "core/weights/KerasOperations.h"

#include "core/weights/KerasSettingsReader.h"

#include <algorithm>
#include <initializer_list>

namespace resnet {

namespace {

using Json = nlohmann::json;
using Numbers = std::vector<double>;

constexpr int deepest = 12;
constexpr int dimensions = 4;  // batch, height, width, channels

bool isTensor(const Json& value) {
    if (value.is_object())
        return value.contains("keras_history") || value.value("class_name", Json()) == "__keras_tensor__";
    return value.is_array() && value.size() >= 3 && value[0].is_string() && value[1].is_number_integer();
}

// The numbers among a call's arguments that are no tensors, and whether one of them stands before the tensor.
struct Constants {
    Numbers numbers;
    bool areFirst = false;
};

Constants constantsOf(const Json& call) {
    Constants found;
    bool hasTensor = false;
    const auto collect = [&](const auto& self, const Json& value, int depth) -> void {
        if (depth > deepest || found.numbers.size() > 16)
            return;
        if (value.is_number()) {
            found.numbers.push_back(value.get<double>());
            found.areFirst |= !hasTensor;
        } else if (isTensor(value)) {
            hasTensor = true;
            if (value.is_array())  // Keras 2: name, call, tensor and the other arguments
                for (std::size_t i = 3; i < value.size(); ++i)
                    self(self, value[i], depth + 1);
        } else if (value.is_object()) {
            for (const auto& [key, item] : value.items())
                if (key != "dtype" && key != "name" && key != "data_format")
                    self(self, item, depth + 1);
        } else if (value.is_array()) {
            for (const Json& item : value)
                self(self, item, depth + 1);
        }
    };
    collect(collect, call, 0);
    return found;
}

bool isNull(const Json& object, const char* key) {
    const auto found = object.find(key);
    return found == object.end() || found->is_null();
}

// One entry of x[a, b, ...].
enum class Entry { All, Reversed, Ellipsis, Other };

// The entries of a slice in their order, as Keras 2 ({"start", "stop", "step"}, "Ellipsis") and 3 (objects of
// the classes __slice__ and __ellipsis__) write them.
std::vector<Entry> entriesOf(const KerasNode& node) {
    std::vector<Entry> entries;
    const auto visit = [&](const auto& self, const Json& value, int depth) -> void {
        if (depth > deepest || entries.size() > 16)
            return;
        if (value.is_object() && value.contains("step")) {
            const bool isBounded = !isNull(value, "start") || !isNull(value, "stop");
            const Json& step = value["step"];
            entries.push_back(isBounded                        ? Entry::Other
                              : step.is_null() || step == 1    ? Entry::All
                              : step.is_number() && step == -1 ? Entry::Reversed
                                                               : Entry::Other);
        } else if (value == "slice(None, None, -1)") {
            entries.push_back(Entry::Reversed);
        } else if (value == "slice(None, None, None)") {
            entries.push_back(Entry::All);
        } else if (value == "Ellipsis" || value == "..." ||
                   (value.is_object() && value.value("class_name", Json()) == "__ellipsis__")) {
            entries.push_back(Entry::Ellipsis);
        } else if (value.is_object() && !isTensor(value)) {
            for (const auto& [key, item] : value.items())
                if (key != "name" && key != "dtype" && key != "trainable")
                    self(self, item, depth + 1);
        } else if (value.is_array()) {
            for (std::size_t i = isTensor(value) ? 3 : 0; i < value.size(); ++i)
                self(self, value[i], depth + 1);
        } else if (value.is_number()) {
            entries.push_back(Entry::Other);
        }
    };
    visit(visit, node.arguments, 0);
    if (entries.empty())
        visit(visit, node.config, 0);
    return entries;
}

// x[..., ::-1] or the same with all axes written out.
bool slicesChannelsBackwards(const KerasNode& node, int channelAxis) {
    const std::vector<Entry> entries = entriesOf(node);
    const auto reversed = std::ranges::find(entries, Entry::Reversed);
    if (reversed == entries.end() || std::ranges::count(entries, Entry::Reversed) != 1 ||
        std::ranges::find(entries, Entry::Other) != entries.end() ||
        std::ranges::count(entries, Entry::Ellipsis) > 1)
        return false;
    const auto place = int(reversed - entries.begin());
    const bool isCountedFromTheEnd = std::find(entries.begin(), reversed, Entry::Ellipsis) != reversed;
    return channelAxis == (isCountedFromTheEnd ? dimensions - (int(entries.size()) - place) : place);
}

// An "axis" among the settings or arguments that is that of the channels.
bool flipsChannels(const KerasNode& node, int channelAxis) {
    Numbers axes;
    const auto visit = [&](const auto& self, const Json& value, int depth) -> void {
        if (depth > deepest || isTensor(value)) {
            if (value.is_array())
                for (std::size_t i = 3; i < value.size(); ++i)
                    self(self, value[i], depth + 1);
            return;
        }
        if (value.is_object() && value.contains("axis")) {
            const Json& axis = value["axis"];
            for (const Json& each : axis.is_array() ? axis : Json::array({axis}))
                if (each.is_number())
                    axes.push_back(each.get<double>());
        }
        if (value.is_object() || value.is_array())
            for (const Json& item : value)
                self(self, item, depth + 1);
    };
    visit(visit, node.arguments, 0);
    visit(visit, node.config, 0);
    return axes.size() == 1 && (axes[0] == channelAxis || axes[0] + dimensions == channelAxis);
}

}  // namespace

std::string operationName(const KerasNode& node) {
    const bool isLambda = node.className == "TFOpLambda" || node.className == "SlicingOpLambda";
    return isLambda ? KerasSettingsReader(node).word("function", node.className) : node.className;
}

std::optional<KerasOperation> operationOf(const KerasNode& node, bool isChannelsFirst) {
    const KerasSettingsReader settings(node);
    const bool isLambda = node.className == "TFOpLambda" || node.className == "SlicingOpLambda";
    const std::string function = operationName(node);
    const auto is = [&](std::initializer_list<const char*> names) {
        return std::ranges::any_of(names, [&](const char* name) { return function == name; });
    };
    const int channelAxis = isChannelsFirst ? 1 : dimensions - 1;
    if (is({"__operators__.getitem", "GetItem"})) {
        if (!slicesChannelsBackwards(node, channelAxis))
            settings.refuse("an operation ('" + function +
                            "') whose slice is not stated, or is no reversal of the channels");
        return KerasOperation{true, {}, {}};
    }
    if (is({"reverse", "Flip"})) {
        if (!flipsChannels(node, channelAxis))
            settings.refuse("an operation ('" + function +
                            "') whose axis is not stated, or is not that of the channels");
        return KerasOperation{true, {}, {}};
    }
    if (is({"cast", "Cast"}) && node.inputs.size() == 1) {
        const std::string stated = node.arguments.dump(-1, ' ', true, Json::error_handler_t::replace) +
                                   node.config.dump(-1, ' ', true, Json::error_handler_t::replace);
        if (stated.find("int") != stated.npos || stated.find("bool") != stated.npos)
            settings.refuse("an operation ('" + function + "') to whole numbers, which is not computed");
        return KerasOperation{};
    }
    auto [constants, areFirst] = constantsOf(node.arguments);
    if (!constants.empty() && node.inputs.size() == 1) {
        if (isChannelsFirst && constants.size() > 1)
            settings.refuse("an operation ('" + function + "') with a list, on channels_first");
        if (is({"math.multiply", "Multiply", "__operators__.mul"}))
            return KerasOperation{false, constants, {}};
        if (is({"math.truediv", "math.divide", "TrueDivide", "Divide", "__operators__.truediv"})) {
            if (areFirst)
                settings.refuse("a division of a number by the pixels, which is not computed");
            for (double& constant : constants) {
                if (constant == 0.0)
                    settings.refuse("a division by 0");
                constant = 1.0 / constant;
            }
            return KerasOperation{false, constants, {}};
        }
        if (is({"math.add", "__operators__.add", "Add", "nn.bias_add"}))
            return KerasOperation{false, {}, constants};
        if (is({"math.subtract", "__operators__.sub", "Subtract"})) {
            if (areFirst)  // number - x
                return KerasOperation{false, Numbers{-1.0}, constants};
            for (double& constant : constants)
                constant = -constant;
            return KerasOperation{false, {}, constants};
        }
    }
    if (isLambda)
        settings.refuse("the operation '" + function + "' is not one this program computes");
    return std::nullopt;
}

}  // namespace resnet
