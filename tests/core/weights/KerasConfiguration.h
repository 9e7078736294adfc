#pragma once

#include "core/weights/KerasGraph.h"

#include <algorithm>
#include <string>
#include <vector>

namespace resnet {

using Json = nlohmann::json;

// A functional configuration of Keras 3, layer by layer.
class Configuration {
public:
    explicit Configuration(Json inputShape = {nullptr, 32, 32, 3}) {
        add("InputLayer", {}, {{"batch_shape", std::move(inputShape)}}, "input");
    }

    std::string add(const std::string& className, const std::vector<std::string>& inputs,
                    Json config = Json::object(), std::string name = {}) {
        if (name.empty())
            name = "layer" + std::to_string(m_layers.size());
        Json arguments = Json::array();
        for (const std::string& input : inputs)
            arguments.push_back(
                {{"class_name", "__keras_tensor__"}, {"config", {{"keras_history", {input, 0, 0}}}}});
        config["name"] = name;
        Json nodes = Json::array();
        if (!inputs.empty())
            nodes.push_back({{"args", {arguments}}, {"kwargs", Json::object()}});
        m_layers.push_back(
            {{"class_name", className}, {"name", name}, {"config", config}, {"inbound_nodes", nodes}});
        return name;
    }

    std::string convolution(const std::string& input, int filters, Json more = Json::object()) {
        Json config{{"filters", filters},
                    {"kernel_size", {3, 3}},
                    {"strides", {1, 1}},
                    {"padding", "same"},
                    {"use_bias", false}};
        config.update(more);
        return add("Conv2D", {input}, config);
    }

    // A head and two units of two convolutions, the last one's output.
    std::string units(std::string last) {
        for (int unit = 0; unit < 2; ++unit)
            last = add("Activation", {add("Add", {convolution(convolution(last, 4), 4), last})},
                       {{"activation", "relu"}});
        return last;
    }
    void head(const std::string& last, const char* activation = "softmax") {
        add("Dense", {add("GlobalAveragePooling2D", {last})}, {{"units", 5}, {"activation", activation}},
            "dense");
    }

    Json json() const {
        return {{"class_name", "Functional"},
                {"config",
                 {{"layers", m_layers},
                  {"output_layers", Json::array({Json::array({m_layers.back()["name"], 0, 0})})}}}};
    }
    Json& layers() { return m_layers; }

private:
    Json m_layers = Json::array();
};

// Variables for every layer that has some: all maps have four channels.
inline std::vector<KerasVariable> variablesFor(const KerasGraphNodes& nodes) {
    std::vector<KerasVariable> variables;
    for (const KerasNode& node : nodes.nodes) {
        const std::string group = node.group + "/vars/";
        if (node.className == "Conv2D") {
            const bool isFirst = variables.empty();
            variables.push_back({group + "0", {3, 3, isFirst ? 3 : 4, 4}});
        } else if (node.className == "Dense") {
            variables.push_back({group + "0", {4, 5}});
            variables.push_back({group + "1", {5}});
        } else if (node.className == "BatchNormalization") {
            for (const char* number : {"0", "1", "2", "3"})
                variables.push_back({group + number, {4}});
        }
    }
    return variables;
}

inline KerasGraph graphOf(const Json& json, const KerasOrigin& origin = {"3.9.0", "tensorflow"}) {
    const KerasGraphNodes nodes = kerasNodes(json);
    const std::vector<KerasVariable> variables = variablesFor(nodes);
    const KerasOwnership ownership;
    const KerasVariables owned(variables, ownership, nodes.nodes);
    return readKerasGraph(nodes, origin, owned, [](const KerasNode&) {
        return std::vector<std::vector<float>>{{10.0f, 20.0f, 30.0f}, {4.0f, 9.0f, 16.0f}};
    });
}

inline KerasGraph graphOf(const Configuration& configuration) {
    return graphOf(configuration.json());
}

inline const Layer& layerNamed(const KerasGraph& graph, const std::string& name) {
    return *std::ranges::find(graph.layers.layers, name, &Layer::name);
}

}  // namespace resnet
