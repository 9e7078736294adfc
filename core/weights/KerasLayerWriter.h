#pragma once

#include "core/weights/KerasActivations.h"
#include "core/weights/KerasGraph.h"
#include "core/weights/KerasSettingsReader.h"
#include "core/weights/KerasUnit.h"

#include <string>
#include <vector>

namespace resnet {

// Turns the layers of a Keras configuration one by one into layers of a graph. Internal to readKerasGraph().
class KerasLayerWriter {
public:
    KerasLayerWriter(const KerasGraphNodes& nodes, const KerasVariables& variables, bool isChannelsFirst,
                     KerasGraph& graph);

    // The node whose output is the network's input.
    void begin(int node);
    // Each node after those it reads. Throws Error naming it if it is none this program computes.
    void write(int node);
    // Makes the last layer one that says what the outputs mean: softmax, sigmoid, or the identity.
    void end();

private:
    struct Role {
        const char* suffix;
        std::size_t rank;
    };

    void convolution(const KerasNode& node, const KerasSettingsReader& settings);
    void batchNorm(const KerasNode& node, const KerasSettingsReader& settings);
    void dense(const KerasNode& node, const KerasSettingsReader& settings);
    void merge(const KerasNode& node, const KerasSettingsReader& settings);
    void rescale(const KerasNode& node, const KerasSettingsReader& settings);
    void reshape(const KerasNode& node) const;
    void unit(const KerasNode& node, const KerasSettingsReader& settings);
    int pair(const KerasNode& node, const KerasUnitLayers::Pair& from, int input, int kernel, int stride);
    void noteUnit(const KerasNode& node, const KerasUnitLayers& layers, const std::string& activation,
                  const std::string& assumed);

    void put(const std::optional<KerasActivation>& activation, const std::string& name);
    int put(const std::string& name, StepKind kind, std::vector<int> inputs, int channels = 0,
            WindowRule window = {}, StepSettings settings = {});
    int input(const KerasNode& node) const;
    void takeVariables(const KerasNode& node, const KerasSettingsReader& settings, const std::string& layer,
                       const std::vector<Role>& roles);

    const KerasGraphNodes& m_nodes;
    const KerasVariables& m_variables;
    bool m_isChannelsFirst;
    KerasGraph& m_graph;
    std::vector<int> m_layerOf;    // by node: the layer that gives its output, or inputStep
    std::vector<bool> m_isVector;  // by layer: one number per channel
    std::map<std::string, int> m_names;
    std::set<std::string> m_notedClasses;
    int m_last = inputStep;  // layer that the node being written ends with
};

}  // namespace resnet
