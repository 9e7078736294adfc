#include "core/weights/KerasNodes.h"

#include "core/Error.h"

#include <algorithm>
#include <cctype>
#include <map>
#include <optional>

namespace resnet {

namespace {

using Json = nlohmann::json;

constexpr std::size_t mostLayers = 1000;
constexpr std::size_t longestName = 200;
constexpr int deepestModel = 8;

std::string shortened(const std::string& text) {
    return text.size() > 60 ? text.substr(0, 57) + "..." : text;
}

std::string textOf(const Json& object, const char* key) {
    const auto found = object.find(key);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

// The part behind the package in "Package>Class".
std::string classOf(const Json& layer) {
    const std::string whole = textOf(layer, "class_name");
    return whole.substr(whole.rfind('>') + 1);
}

// Keras' own: "BatchNormalization" becomes "batch_normalization", "Conv2D" "conv2d".
std::string snakeCase(const std::string& name) {
    const auto upper = [](char c) { return std::isupper(static_cast<unsigned char>(c)) != 0; };
    const auto lower = [](char c) { return std::islower(static_cast<unsigned char>(c)) != 0; };
    std::string result;
    for (std::size_t i = 0; i < name.size(); ++i) {
        const bool beginsWord =
            i > 0 && upper(name[i]) && (lower(name[i - 1]) || (i + 1 < name.size() && lower(name[i + 1])));
        if (beginsWord)
            result += '_';
        result += char(std::tolower(static_cast<unsigned char>(name[i])));
    }
    return result;
}

// Where an inbound node comes from: the name of a layer, and which of its calls.
struct Source {
    std::string layer;
    std::int64_t call = 0;
};

bool isHistory(const Json& list) {
    return list.is_array() && list.size() >= 3 && list[0].is_string() && list[1].is_number_integer() &&
           list[2].is_number_integer();
}

// Tensors among the arguments of a call, in their order, as Keras 3 ("keras_history") and Keras 2 (lists of
// name, call, tensor) write them.
void collectSources(const Json& value, std::vector<Source>& sources) {
    if (value.is_object()) {
        if (const auto history = value.find("keras_history"); history != value.end()) {
            if (isHistory(*history))
                sources.push_back({(*history)[0].get<std::string>(), (*history)[1].get<std::int64_t>()});
            return;
        }
        for (const Json& item : value)
            collectSources(item, sources);
    } else if (isHistory(value)) {
        sources.push_back({value[0].get<std::string>(), value[1].get<std::int64_t>()});
        for (std::size_t i = 3; i < value.size(); ++i)
            collectSources(value[i], sources);
    } else if (value.is_array()) {
        for (const Json& item : value)
            collectSources(item, sources);
    }
}

bool isModel(const Json& layer) {
    const std::string name = classOf(layer);
    return name == "Functional" || name == "Model" || name == "Sequential";
}

const Json* layersOf(const Json& model) {
    const auto config = model.find("config");
    if (config == model.end())
        return nullptr;
    if (config->is_array())  // Keras 2.0's Sequential
        return &*config;
    const auto layers = config->is_object() ? config->find("layers") : config->end();
    return config->is_object() && layers != config->end() && layers->is_array() ? &*layers : nullptr;
}

class Flattener {
public:
    KerasGraphNodes flatten(const Json& root) {
        const std::optional<int> output = model(root, {}, {}, "", "", 0);
        if (!output)
            return {};
        return {std::move(m_nodes), *output};
    }

private:
    struct Place {
        std::string outermost;
        std::string group;
        std::string namedGroup;
    };

    // Appends the layers of a model; `inputs` are what an inner model reads. Nothing if it states no layers.
    std::optional<int> model(const Json& stated, const std::vector<int>& inputs, const std::string& outermost,
                             const std::string& group, const std::string& namedGroup, int depth) {
        const Json* layers = stated.is_object() ? layersOf(stated) : nullptr;
        if (layers == nullptr || layers->empty())
            return std::nullopt;
        const bool areLayers = std::ranges::all_of(*layers, [](const Json& layer) {
            return layer.is_object() && !textOf(layer, "class_name").empty();
        });
        if (!areLayers && !isModel(stated))  // a class of the file's own, with a setting of this name
            return std::nullopt;
        m_stated += layers->size();
        if (m_stated > mostLayers)
            throw Error("the configuration has more than " + std::to_string(mostLayers) +
                        " layers, which is more than this program takes");
        if (depth > deepestModel)
            throw Error("the configuration nests models more than " + std::to_string(deepestModel) + " deep");
        std::vector<Place> places;
        std::map<std::string, int> counts;
        if (!areLayers)
            throw Error("the configuration has a layer without a class");
        for (const Json& layer : *layers) {
            const std::string snake = snakeCase(classOf(layer));
            const int count = counts[snake]++;
            const std::string name = nameOf(layer);
            places.push_back({outermost.empty() ? name : outermost,
                              group + "layers/" + snake + (count == 0 ? "" : "_" + std::to_string(count)),
                              namedGroup + "layers/" + name});
        }
        return classOf(stated) == "Sequential" || !hasConnections(*layers)
                   ? sequential(stated, *layers, places, inputs, depth)
                   : functional(stated, *layers, places, inputs, depth);
    }

    static bool hasConnections(const Json& layers) {
        return std::ranges::any_of(layers, [](const Json& layer) { return layer.contains("inbound_nodes"); });
    }

    static std::string nameOf(const Json& layer) {
        std::string name = textOf(layer, "name");
        if (name.empty() && layer.contains("config") && layer["config"].is_object())
            name = textOf(layer["config"], "name");
        if (name.empty())
            name = snakeCase(classOf(layer));
        if (name.size() > longestName)
            throw Error("the configuration has a layer with a name of " + std::to_string(name.size()) +
                        " bytes, '" + shortened(name) + "'; at most " + std::to_string(longestName) +
                        " are read");
        return name;
    }

    int sequential(const Json& stated, const Json& layers, const std::vector<Place>& places,
                   const std::vector<int>& inputs, int depth) {
        int last = inputs.empty() ? -1 : inputs.front();
        for (std::size_t i = 0; i < layers.size(); ++i) {
            const Json& layer = layers[i];
            const bool isInput = classOf(layer) == "InputLayer";
            if (isInput && last >= 0)
                continue;
            if (!isInput && last < 0)
                last = impliedInput(stated, layer);
            last = append(layer, places[i], isInput ? std::vector<int>{} : std::vector{last}, Json(), depth);
        }
        return last;
    }

    // A Sequential model may say the shape of its input in its first layer, or only where it was built.
    int impliedInput(const Json& stated, const Json& first) {
        Json config = Json::object();
        for (const Json* of : {&first, &stated}) {
            const auto found = of->find("config");
            if (found == of->end() || !found->is_object())
                continue;
            for (const char* key : {"batch_shape", "batch_input_shape", "build_input_shape"})
                if (found->contains(key) && !config.contains("batch_shape"))
                    config["batch_shape"] = (*found)[key];
        }
        if (!config.contains("batch_shape")) {  // a model in front of others
            if (const Json* inner = isModel(first) ? layersOf(first) : nullptr; inner && !inner->empty())
                if (const Json& head = (*inner)[0]; head.is_object() && head.contains("config"))
                    config = head["config"].is_object() ? head["config"] : config;
        }
        return push({"InputLayer", "input", std::move(config), {}, {}, {}, {}, {}});
    }

    int functional(const Json& stated, const Json& layers, const std::vector<Place>& places,
                   const std::vector<int>& inputs, int depth) {
        std::map<std::string, int> outputs;  // by layer
        std::vector<std::vector<Source>> sources(layers.size());
        std::vector<bool> isDone(layers.size(), false);
        std::size_t nextInput = 0;
        for (std::size_t i = 0; i < layers.size(); ++i)
            sources[i] = sourcesOf(layers[i]);
        for (std::size_t done = 0; done < layers.size();) {
            const std::size_t before = done;
            for (std::size_t i = 0; i < layers.size(); ++i) {
                if (isDone[i] || !std::ranges::all_of(sources[i], [&](const Source& source) {
                        return outputs.contains(source.layer);
                    }))
                    continue;
                const std::string name = nameOf(layers[i]);
                std::vector<int> reads;
                for (const Source& source : sources[i])
                    reads.push_back(outputs.at(source.layer));
                const bool isInput = classOf(layers[i]) == "InputLayer";
                if (!isInput && reads.empty())
                    throw Error("layer '" + name + "' (" + classOf(layers[i]) + ") reads nothing");
                const int output = isInput && nextInput < inputs.size()
                                       ? inputs[nextInput++]
                                       : append(layers[i], places[i], reads, callOf(layers[i]), depth);
                if (!outputs.emplace(name, output).second)
                    throw Error("two layers are called '" + name + "'");
                isDone[i] = true;
                ++done;
            }
            if (done == before)
                refuseUnresolved(layers, sources, isDone);
        }
        return outputs.at(outputOf(stated, layers, outputs));
    }

    static std::vector<Source> sourcesOf(const Json& layer) {
        std::vector<Source> sources;
        const auto nodes = layer.find("inbound_nodes");
        if (nodes == layer.end() || !nodes->is_array())
            return sources;
        if (nodes->size() > 1)
            throw Error("layer '" + nameOf(layer) + "' (" + classOf(layer) + ") is used " +
                        std::to_string(nodes->size()) +
                        " times; a layer that shares its weights is not supported");
        collectSources(*nodes, sources);
        for (const Source& source : sources)
            if (source.call != 0)
                throw Error("layer '" + nameOf(layer) + "' reads call " + std::to_string(source.call) +
                            " of '" + shortened(source.layer) + "'; only first calls are supported");
        return sources;
    }

    static Json callOf(const Json& layer) {
        const auto nodes = layer.find("inbound_nodes");
        return nodes != layer.end() && nodes->is_array() && !nodes->empty() ? (*nodes)[0] : Json();
    }

    [[noreturn]] static void refuseUnresolved(const Json& layers,
                                              const std::vector<std::vector<Source>>& sources,
                                              const std::vector<bool>& isDone) {
        std::vector<std::string> names;
        for (const Json& layer : layers)
            names.push_back(nameOf(layer));
        std::string first;
        for (std::size_t i = 0; i < layers.size(); ++i) {
            if (isDone[i])
                continue;
            if (first.empty())
                first = names[i];
            for (const Source& source : sources[i])
                if (std::ranges::find(names, source.layer) == names.end())
                    throw Error("layer '" + names[i] + "' reads '" + shortened(source.layer) +
                                "', which is no layer of the configuration");
        }
        throw Error("layer '" + first + "': the layers that it reads go round in a circle");
    }

    static std::string outputOf(const Json& stated, const Json& layers,
                                const std::map<std::string, int>& outputs) {
        std::vector<Source> sources;
        const auto config = stated.find("config");
        if (config != stated.end() && config->is_object() && config->contains("output_layers"))
            collectSources((*config)["output_layers"], sources);
        if (sources.size() > 1)
            throw Error("the network has " + std::to_string(sources.size()) + " outputs ('" +
                        shortened(sources[0].layer) + "', '" + shortened(sources[1].layer) +
                        "' ...); expected one");
        if (sources.empty())
            return nameOf(layers.back());
        if (!outputs.contains(sources[0].layer))
            throw Error("the output '" + shortened(sources[0].layer) + "' is no layer of the configuration");
        return sources[0].layer;
    }

    int append(const Json& layer, const Place& place, const std::vector<int>& inputs, Json call, int depth) {
        if (isModel(layer)) {
            if (const auto output = model(layer, inputs, place.outermost, place.group + "/",
                                          place.namedGroup + "/", depth + 1))
                return *output;
        }
        KerasNode node{classOf(layer), nameOf(layer),   Json::object(), std::move(call),
                       inputs,         place.outermost, place.group,    place.namedGroup};
        if (const auto config = layer.find("config"); config != layer.end() && config->is_object())
            node.config = *config;
        return push(std::move(node));
    }

    int push(KerasNode node) {
        if (node.className == "InputLayer" &&
            std::ranges::any_of(m_nodes, [](const auto& each) { return each.className == "InputLayer"; }))
            throw Error("layer '" + node.name +
                        "': a second input; networks with several inputs are not supported");
        m_nodes.push_back(std::move(node));
        return int(m_nodes.size()) - 1;
    }

    std::vector<KerasNode> m_nodes;
    std::size_t m_stated = 0;
};

}  // namespace

std::string KerasNode::title() const {
    return "layer '" + name + "' (" + className + ")";
}

KerasGraphNodes kerasNodes(const nlohmann::json& root) {
    return Flattener().flatten(root);
}

}  // namespace resnet
