#include "core/weights/KerasCalls.h"

#include "core/Error.h"

#include <algorithm>
#include <array>

namespace resnet {

namespace {

using Json = nlohmann::json;

bool isHistory(const Json& list) {
    return list.is_array() && list.size() >= 3 && list[0].is_string() && list[1].is_number_integer() &&
           list[2].is_number_integer();
}

}  // namespace

void collectKerasSources(const Json& value, std::vector<KerasSource>& sources) {
    if (value.is_object()) {
        if (const auto history = value.find("keras_history"); history != value.end()) {
            if (isHistory(*history))
                sources.push_back({(*history)[0].get<std::string>(), (*history)[1].get<std::int64_t>()});
            return;
        }
        for (const Json& item : value)
            collectKerasSources(item, sources);
    } else if (isHistory(value)) {
        sources.push_back({value[0].get<std::string>(), value[1].get<std::int64_t>()});
        for (std::size_t i = 3; i < value.size(); ++i)
            collectKerasSources(value[i], sources);
    } else if (value.is_array()) {
        for (const Json& item : value)
            collectKerasSources(item, sources);
    }
}

std::int64_t placeOfKerasCall(const KerasSource& source, std::int64_t calls, const std::string& reader) {
    if (calls == 1)
        return 0;
    if (source.call < 0 || source.call >= calls)
        throw Error("layer '" + reader + "' reads call " + std::to_string(source.call) + " of '" +
                    source.layer.substr(0, 60) + "', which has " + std::to_string(calls));
    return source.call;
}

bool canBeCalledAgain(const std::string& className) {
    constexpr std::array names{
        "Activation",   "ReLU",          "LeakyReLU",        "ELU",           "Softmax",
        "MaxPooling2D", "MaxPool2D",     "AveragePooling2D", "AvgPool2D",     "Add",
        "Average",      "ZeroPadding2D", "Cropping2D",       "Rescaling",     "Flatten",
        "Reshape",      "Dropout",       "SpatialDropout2D", "GaussianNoise", "Identity"};
    return std::ranges::find(names, className) != names.end();
}

std::string textIn(const Json& object, const char* key) {
    const auto found = object.is_object() ? object.find(key) : object.end();
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

bool isOfOwnMaking(const std::string& module, const std::string& registeredName) {
    constexpr std::array known{"keras", "tf_keras", "tensorflow", "builtins", "jax", "torch", "numpy"};
    const std::string package = module.substr(0, module.find('.'));
    return registeredName.find('>') != std::string::npos ||
           (!module.empty() && std::ranges::find(known, package) == known.end());
}

bool saysTraining(const Json& call) {
    const auto said = [](const Json& arguments) {
        const auto training = arguments.is_object() ? arguments.find("training") : arguments.end();
        return arguments.is_object() && training != arguments.end() && *training == true;
    };
    if (call.is_object()) {  // Keras 3
        const auto named = call.find("kwargs");
        return named != call.end() && said(*named);
    }
    return call.is_array() && std::ranges::any_of(call, [&](const Json& each) {
               return isHistory(each) && each.size() > 3 && said(each[3]);
           });
}

Json kerasCall(const Json& layer, std::int64_t call) {
    const auto nodes = layer.find("inbound_nodes");
    return nodes != layer.end() && nodes->is_array() && std::size_t(call) < nodes->size()
               ? (*nodes)[std::size_t(call)]
               : Json();
}

}  // namespace resnet
