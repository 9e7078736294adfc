#include "core/weights/KerasOperations.h"

#include "core/weights/KerasSettingsReader.h"

#include <algorithm>
#include <initializer_list>

namespace resnet {

namespace {

using Json = nlohmann::json;
using Numbers = std::vector<double>;

// The numbers among a call's arguments that are no tensors.
Numbers constantsOf(const Json& call) {
    Numbers found;
    const auto collect = [&](const auto& self, const Json& value, int depth) -> void {
        if (depth > 12 || found.size() > 16)
            return;
        if (value.is_number())
            found.push_back(value.get<double>());
        else if (value.is_object() && !value.contains("keras_history")) {
            if (value.value("class_name", Json()) == "__keras_tensor__")
                return;
            for (const auto& [key, item] : value.items())
                if (key != "dtype" && key != "name" && key != "data_format")
                    self(self, item, depth + 1);
        } else if (value.is_array()) {
            const bool isHistory = value.size() >= 3 && value[0].is_string() && value[1].is_number_integer();
            for (std::size_t i = isHistory ? 3 : 0; i < value.size(); ++i)
                self(self, value[i], depth + 1);
        }
    };
    collect(collect, call, 0);
    return found;
}

// The last axis runs backwards: a slice of step -1 behind an ellipsis, or an axis of -1.
bool reversesChannels(const KerasNode& node) {
    int steps = 0;
    bool isLast = false, isBounded = false, hasAxis = false;
    const auto visit = [&](const auto& self, const Json& value, int depth) -> void {
        if (depth > 12)
            return;
        if (value.is_object()) {
            if (const auto step = value.find("step"); step != value.end()) {
                isLast = step->is_number_integer() && *step == -1;
                steps += isLast;
                for (const char* key : {"start", "stop"})
                    isBounded |= value.contains(key) && !value[key].is_null();
            }
            const auto axis = value.find("axis");
            if (axis != value.end())
                hasAxis |=
                    *axis == -1 || *axis == Json::array({-1}) || *axis == 3 || *axis == Json::array({3});
            for (const auto& [key, item] : value.items())
                self(self, item, depth + 1);
        } else if (value.is_array()) {
            for (const Json& item : value)
                self(self, item, depth + 1);
        } else if (value == "slice(None, None, -1)") {
            isLast = true;
            ++steps;
        }
    };
    visit(visit, node.arguments, 0);
    visit(visit, node.config, 0);
    const bool isSlice = steps == 1 && isLast && !isBounded;
    return isSlice || (steps == 0 && hasAxis);
}

}  // namespace

std::optional<KerasOperation> operationOf(const KerasNode& node) {
    const KerasSettingsReader settings(node);
    const bool isLambda = node.className == "TFOpLambda" || node.className == "SlicingOpLambda";
    const std::string function = isLambda ? settings.word("function", node.className) : node.className;
    const auto is = [&](std::initializer_list<const char*> names) {
        return std::ranges::any_of(names, [&](const char* name) { return function == name; });
    };
    if (is({"__operators__.getitem", "GetItem", "reverse", "Flip"})) {
        if (!reversesChannels(node))
            settings.refuse("an operation ('" + function +
                            "') whose slice is not stated, or is no reversal of the channels");
        return KerasOperation{true, {}, {}};
    }
    Numbers constants = constantsOf(node.arguments);
    if (!constants.empty() && node.inputs.size() == 1) {
        if (is({"math.multiply", "Multiply", "__operators__.mul"}))
            return KerasOperation{false, constants, {}};
        if (is({"math.truediv", "math.divide", "TrueDivide", "Divide", "__operators__.truediv"})) {
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
