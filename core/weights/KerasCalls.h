#pragma once

#include <nlohmann/json.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace resnet {

// Where a layer of a configuration reads from: the name of a layer, and which of its calls.
struct KerasSource {
    std::string layer;
    std::int64_t call = 0;
};

// Tensors among the arguments of a call, in their order, as Keras 3 ("keras_history") and Keras 2 (lists of
// name, call, tensor) write them; appended to `sources`.
void collectKerasSources(const nlohmann::json& value, std::vector<KerasSource>& sources);

// Which of the `calls` of its layer a source is. Where a layer is called once, that call is meant, whatever
// its number: Keras counts the one that a nested model is born with, and calls in other networks. Throws
// Error naming the reader for a call that there is not.
std::int64_t placeOfKerasCall(const KerasSource& source, std::int64_t calls, const std::string& reader);

// Whether a layer of this class has no numbers of its own, so that calling it again shares nothing.
bool canBeCalledAgain(const std::string& className);

// The text under a key of an object; empty where there is none.
std::string textIn(const nlohmann::json& object, const char* key);

// Whether a class or function of this module, registered under this name, is the file's own and none of
// Keras' or its backends'. Both may be empty.
bool isOfOwnMaking(const std::string& module, const std::string& registeredName);

// Whether a call has training=True among its arguments.
bool saysTraining(const nlohmann::json& call);

// The arguments of one of a layer's calls; null if it has none.
nlohmann::json kerasCall(const nlohmann::json& layer, std::int64_t call);

}  // namespace resnet
