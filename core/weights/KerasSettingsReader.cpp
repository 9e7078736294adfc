#include "core/weights/KerasSettingsReader.h"

#include "core/Error.h"
#include "core/weights/KerasCalls.h"

#include <cmath>

namespace resnet {

namespace {

using Json = nlohmann::json;

constexpr int widestEdge = 1024;
constexpr std::size_t mostNumbers = 4096;

std::string shortText(const Json& value) {
    const std::string text = value.dump(-1, ' ', true, Json::error_handler_t::replace);
    return text.size() > 60 ? text.substr(0, 57) + "..." : text;
}

// A number may be written as an array of one: [0.3], {"type": "ndarray", "value": 0.3}, or Keras 3's
// {"class_name": "__numpy__", "config": {"value": ...}}.
const Json& unpacked(const Json& value) {
    const Json* inner = &value;
    for (int depth = 0; depth < 4; ++depth) {
        if (inner->is_array() && inner->size() == 1)
            inner = &inner->front();
        else if (inner->is_object() && inner->contains("value"))
            inner = &(*inner)["value"];
        else if (inner->is_object() && inner->contains("config") && (*inner)["config"].is_object() &&
                 (*inner)["config"].contains("value"))
            inner = &(*inner)["config"]["value"];
        else
            break;
    }
    return *inner;
}

bool isWhole(const Json& value, std::int64_t low, std::int64_t high) {
    if (!value.is_number())
        return false;
    const double number = value.get<double>();
    return number == std::floor(number) && number >= double(low) && number <= double(high);
}

}  // namespace

void KerasSettingsReader::refuse(const std::string& why) const {
    throw Error(m_node.title() + ": " + why);
}

void KerasSettingsReader::refuseSetting(const char* key, const std::string& expected) const {
    const Json* value = find(key);
    refuse(std::string(key) + ": expected " + expected + ", found " +
           (value ? shortText(*value) : "nothing"));
}

const Json* KerasSettingsReader::find(const char* key) const {
    const auto found = m_node.config.find(key);
    return found == m_node.config.end() || found->is_null() ? nullptr : &*found;
}

bool KerasSettingsReader::has(const char* key) const {
    return find(key) != nullptr;
}

bool KerasSettingsReader::flag(const char* key, bool otherwise) const {
    const Json* value = find(key);
    if (value == nullptr)
        return otherwise;
    if (!value->is_boolean())
        refuseSetting(key, "true or false");
    return value->get<bool>();
}

double KerasSettingsReader::number(const char* key, double otherwise) const {
    const Json* value = find(key);
    if (value == nullptr)
        return otherwise;
    const Json& number = unpacked(*value);
    if (!number.is_number() || !std::isfinite(number.get<double>()))
        refuseSetting(key, "a number");
    return number.get<double>();
}

int KerasSettingsReader::count(const char* key, int otherwise, int most) const {
    const Json* value = find(key);
    if (value == nullptr && otherwise > 0)
        return otherwise;
    if (value == nullptr || !isWhole(*value, 1, most))
        refuseSetting(key, "a whole number from 1 to " + std::to_string(most));
    return int(value->get<double>());
}

std::string KerasSettingsReader::word(const char* key, const std::string& otherwise) const {
    const Json* value = find(key);
    if (value == nullptr)
        return otherwise;
    if (!value->is_string())
        refuseSetting(key, "a word");
    return value->get<std::string>();
}

std::vector<double> KerasSettingsReader::numbers(const char* key) const {
    const Json* value = find(key);
    std::vector<double> result;
    if (value == nullptr)
        return result;
    const auto add = [&](const auto& self, const Json& from, int depth) -> void {
        if (from.is_number() && std::isfinite(from.get<double>()) && result.size() < mostNumbers)
            return result.push_back(from.get<double>());
        if (!from.is_array() || depth > 4)  // [[[[0.5, 0.4, 0.3]]]] is a list for a batch of pictures
            refuseSetting(key, "a number or a list of numbers");
        for (const Json& item : from)
            self(self, item, depth + 1);
    };
    const Json& list = unpacked(*value);
    add(add, list, 0);
    return result;
}

int KerasSettingsReader::square(const char* key, int otherwise, int most) const {
    const Json* value = find(key);
    if (value == nullptr)
        return otherwise;
    const Json* side = value;
    if (value->is_array() && !value->empty() && value->size() <= 2) {
        if (value->front() != value->back())
            refuseSetting(key, "the same number for rows and columns");
        side = &value->front();
    }
    if (!isWhole(*side, 1, most))
        refuseSetting(key, "a whole number from 1 to " + std::to_string(most));
    return int(side->get<double>());
}

std::array<int, 4> KerasSettingsReader::edges(const char* key) const {
    const Json* value = find(key);
    const auto edge = [&](const Json& from) {
        if (!isWhole(from, 0, widestEdge))
            refuseSetting(key, "whole numbers from 0 to " + std::to_string(widestEdge));
        return int(from.get<double>());
    };
    if (value == nullptr)
        return {1, 1, 1, 1};
    if (value->is_number()) {
        const int all = edge(*value);
        return {all, all, all, all};
    }
    std::array<int, 4> result{};
    if (!value->is_array() || value->size() != 2)
        refuseSetting(key, "a number or two of them");
    for (std::size_t axis = 0; axis < 2; ++axis) {
        const Json& of = (*value)[axis];
        const bool isPair = of.is_array() && of.size() == 2;
        result[2 * axis] = edge(isPair ? of[0] : of);
        result[2 * axis + 1] = edge(isPair ? of[1] : of);
    }
    return result;
}

std::array<int, 2> KerasSettingsReader::size(const char* heightKey, const char* widthKey) const {
    constexpr int largest = 4096;
    return {count(heightKey, 0, largest), count(widthKey, 0, largest)};
}

KerasNode KerasSettingsReader::activation(const char* key) const {
    const Json* value = find(key);
    KerasNode function{"Activation", m_node.name, Json::object(), {}, {}, {}, {}, {}};
    if (value == nullptr) {
        function.config["activation"] = "linear";
        return function;
    }
    if (value->is_object()) {
        const auto inner = value->find("config");
        const auto name = value->find("class_name");
        if (isOfOwnMaking(textIn(*value, "module"), textIn(*value, "registered_name")))
            refuse(std::string(key) + ": " +
                   shortText(inner != value->end() && inner->is_string()
                                 ? *inner
                                 : Json(textIn(*value, "class_name"))) +
                   " is of the file's own making, and what it computes is not in the file");
        if (inner != value->end() && inner->is_string())
            function.config["activation"] = *inner;
        else if (name != value->end() && name->is_string())
            function.className = name->get<std::string>();
        if (inner != value->end() && inner->is_object())
            function.config = *inner;
    } else {
        function.config["activation"] = *value;
    }
    if (function.className == "Activation" &&
        !(function.config.contains("activation") && function.config["activation"].is_string()))
        refuseSetting(key, "the name of an activation");
    return function;
}

bool KerasSettingsReader::isChannelsFirst() const {
    return word("data_format", "channels_last") == "channels_first";
}

}  // namespace resnet
