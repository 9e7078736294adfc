#pragma once

#include "core/network/Graph.h"

namespace resnet {

// Expands the spec of a graph into its steps, in the order of execution. Internal to Graph.
class GraphBuilder {
public:
    explicit GraphBuilder(Graph& graph) : m_graph(graph) {}
    void build();

private:
    StepId buildStem();
    StepId buildUnit(StepId input, int stage, int unit);
    void buildHead(StepId input);

    StepId convolution(std::string name, StepId input, int channels, int kernel, int stride);
    StepId maxPool(std::string name, StepId input, int kernel, int stride);
    StepId batchNorm(std::string name, StepId input);
    StepId relu(std::string name, StepId input);
    StepId add(std::string name, StepId mainPath, StepId shortcut);
    StepId append(Step step);

    Window window(const FeatureShape& input, int kernel, int stride) const;
    Step begin(StepKind kind, std::string name, std::vector<StepId> inputs) const;

    Graph& m_graph;
    Way m_way = Way::Stem;
    int m_stage = -1;
    int m_unit = -1;
};

}  // namespace resnet
