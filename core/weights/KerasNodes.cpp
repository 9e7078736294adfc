#include "core/weights/KerasNodes.h"

#include "core/Error.h"
#include "core/weights/KerasCalls.h"

#include <algorithm>
#include <cctype>
#include <map>
#include <optional>
#include <utility>

namespace resnet {

namespace {

using Json = nlohmann::json;

constexpr std::size_t mostGraphLayers = 1000;
constexpr std::size_t longestName = 200;
constexpr int deepestModel = 8;

std::string shortened(const std::string& text) {
    return text.size() > 60 ? text.substr(0, 57) + "..." : text;
}

// The part behind the package in "Package>Class".
std::string classOf(const Json& layer) {
    const std::string whole = textIn(layer, "class_name");
    return whole.substr(whole.rfind('>') + 1);
}

// A class that was registered under a package, or comes from a module that is not Keras', is none of Keras'
// even if it is called "Conv2D".
bool isOwnClass(const Json& layer) {
    return textIn(layer, "class_name").find('>') != std::string::npos ||
           isOfOwnMaking(textIn(layer, "module"), textIn(layer, "registered_name"));
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
            return layer.is_object() && !textIn(layer, "class_name").empty();
        });
        if (!areLayers && !isModel(stated))  // a class of the file's own, with a setting of this name
            return std::nullopt;
        m_stated += layers->size();
        if (m_stated > mostGraphLayers)
            throw Error("the configuration has more than " + std::to_string(mostGraphLayers) +
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
        std::string name = textIn(layer, "name");
        if (name.empty() && layer.contains("config") && layer["config"].is_object())
            name = textIn(layer["config"], "name");
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

    // One use of a layer: which, which of its calls, and what it reads.
    struct Use {
        std::size_t layer;
        std::int64_t call;
        std::vector<KerasSource> sources;
    };
    using Outputs = std::map<std::pair<std::string, std::int64_t>, int>;  // by layer and call

    int functional(const Json& stated, const Json& layers, const std::vector<Place>& places,
                   const std::vector<int>& inputs, int depth) {
        std::vector<Use> uses;
        std::map<std::string, std::int64_t> calls;  // by layer
        for (std::size_t i = 0; i < layers.size(); ++i) {
            const std::size_t before = uses.size();
            addUses(layers[i], i, uses);
            if (!calls.emplace(nameOf(layers[i]), std::int64_t(uses.size() - before)).second)
                throw Error("two layers are called '" + nameOf(layers[i]) + "'");
        }
        for (Use& use : uses)
            for (KerasSource& source : use.sources)
                if (const auto found = calls.find(source.layer); found != calls.end())
                    source.call = placeOfKerasCall(source, found->second, nameOf(layers[use.layer]));
        Outputs outputs;
        std::vector<bool> isDone(uses.size(), false);
        std::size_t nextInput = 0;
        for (std::size_t done = 0; done < uses.size();) {
            const std::size_t before = done;
            for (std::size_t i = 0; i < uses.size(); ++i) {
                const auto& [layer, call, sources] = uses[i];
                if (isDone[i] || !std::ranges::all_of(sources, [&](const KerasSource& source) {
                        return outputs.contains({source.layer, source.call});
                    }))
                    continue;
                const std::string name = nameOf(layers[layer]);
                std::vector<int> reads;
                for (const KerasSource& source : sources)
                    reads.push_back(outputs.at({source.layer, source.call}));
                const bool isInput = classOf(layers[layer]) == "InputLayer";
                if (!isInput && reads.empty())
                    throw Error("layer '" + name + "' (" + classOf(layers[layer]) + ") reads nothing");
                const int output =
                    isInput && nextInput < inputs.size()
                        ? inputs[nextInput++]
                        : append(layers[layer], places[layer], reads, kerasCall(layers[layer], call), depth);
                outputs.emplace(std::pair(name, call), output);
                isDone[i] = true;
                ++done;
            }
            if (done == before)
                refuseUnresolved(layers, uses, isDone);
        }
        return outputs.at(outputOf(stated, layers, calls));
    }

    // A layer without numbers of its own may be used again and again.
    void addUses(const Json& layer, std::size_t index, std::vector<Use>& uses) {
        const auto nodes = layer.find("inbound_nodes");
        if (nodes == layer.end() || !nodes->is_array() || nodes->empty())
            return uses.push_back({index, 0, {}});
        if (nodes->size() > 1 && !canBeCalledAgain(classOf(layer)))
            throw Error("layer '" + nameOf(layer) + "' (" + classOf(layer) + ") is used " +
                        std::to_string(nodes->size()) +
                        " times; a layer that shares its weights is not supported");
        m_stated += nodes->size() - 1;
        if (m_stated > mostGraphLayers)
            throw Error("the configuration has more than " + std::to_string(mostGraphLayers) +
                        " layers, which is more than this program takes");
        for (std::size_t call = 0; call < nodes->size(); ++call) {
            std::vector<KerasSource> sources;
            collectKerasSources((*nodes)[call], sources);
            uses.push_back({index, std::int64_t(call), std::move(sources)});
        }
    }

    [[noreturn]] static void refuseUnresolved(const Json& layers, const std::vector<Use>& uses,
                                              const std::vector<bool>& isDone) {
        std::vector<std::string> names;
        for (const Json& layer : layers)
            names.push_back(nameOf(layer));
        std::string first;
        for (std::size_t i = 0; i < uses.size(); ++i) {
            if (isDone[i])
                continue;
            if (first.empty())
                first = names[uses[i].layer];
            for (const KerasSource& source : uses[i].sources)
                if (std::ranges::find(names, source.layer) == names.end())
                    throw Error("layer '" + names[uses[i].layer] + "' reads '" + shortened(source.layer) +
                                "', which is no layer of the configuration");
        }
        throw Error("layer '" + first + "': the layers that it reads go round in a circle");
    }

    static Outputs::key_type outputOf(const Json& stated, const Json& layers,
                                      const std::map<std::string, std::int64_t>& calls) {
        std::vector<KerasSource> sources;
        const auto config = stated.find("config");
        if (config != stated.end() && config->is_object() && config->contains("output_layers"))
            collectKerasSources((*config)["output_layers"], sources);
        if (sources.size() > 1)
            throw Error("the network has " + std::to_string(sources.size()) + " outputs ('" +
                        shortened(sources[0].layer) + "', '" + shortened(sources[1].layer) +
                        "' ...); expected one");
        if (sources.empty())
            return {nameOf(layers.back()), calls.at(nameOf(layers.back())) - 1};
        const auto found = calls.find(sources[0].layer);
        if (found == calls.end())
            throw Error("the output '" + shortened(sources[0].layer) + "' is no layer of the configuration");
        return {sources[0].layer, placeOfKerasCall(sources[0], found->second, "output")};
    }

    int append(const Json& layer, const Place& place, const std::vector<int>& inputs, Json call, int depth) {
        const bool isInTraining = m_isInTraining || saysTraining(call);
        if (isModel(layer)) {
            const bool before = std::exchange(m_isInTraining, isInTraining);
            const auto output =
                model(layer, inputs, place.outermost, place.group + "/", place.namedGroup + "/", depth + 1);
            m_isInTraining = before;
            if (output)
                return *output;
        }
        KerasNode node{classOf(layer),  nameOf(layer), Json::object(),   std::move(call),   inputs,
                       place.outermost, place.group,   place.namedGroup, isOwnClass(layer), isInTraining};
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
    bool m_isInTraining = false;  // the model being read is called so
};

}  // namespace

std::string KerasNode::title() const {
    return "layer '" + name + "' (" + className + ")";
}

KerasGraphNodes kerasNodes(const nlohmann::json& root) {
    return Flattener().flatten(root);
}

}  // namespace resnet
