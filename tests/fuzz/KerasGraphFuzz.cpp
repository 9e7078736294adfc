#include "core/Error.h"
#include "core/files/BoundedJson.h"
#include "core/network/Graph.h"
#include "core/weights/KerasGraph.h"

// The bytes are a model's configuration (JSON). Every layer gets variables of plausible shapes, so that
// reading goes on to the graph, and the graph is put together for a small picture.
extern "C" int LLVMFuzzerTestOneInput(const unsigned char* bytes, std::size_t size) {
    using namespace resnet;
    try {
        constexpr int deepest = 48;
        constexpr std::size_t mostParts = 20'000;
        const nlohmann::json root =
            parseJson({reinterpret_cast<const char*>(bytes), size}, deepest, mostParts);
        if (root.is_discarded())
            return 0;
        const KerasGraphNodes nodes = kerasNodes(root);
        if (nodes.nodes.empty())
            return 0;
        std::vector<KerasVariable> variables;
        for (const KerasNode& node : nodes.nodes) {
            const bool isKernel = node.className.find("Conv") != std::string::npos;
            const std::string group = node.group + "/vars/";
            if (isKernel)
                variables.push_back({group + "0", {3, 3, 4, 4}});
            else if (node.className == "Dense")
                variables.push_back({group + "0", {4, 4}});
            else if (node.className.find("Norm") != std::string::npos)
                for (const char* number : {"0", "1", "2", "3"})
                    variables.push_back({group + number, {4}});
            if (isKernel || node.className == "Dense")
                variables.push_back({group + "1", {4}});
        }
        const KerasOwnership ownership;
        const KerasVariables owned(variables, ownership, nodes.nodes);
        const KerasGraph graph = readKerasGraph(nodes, {"3.3.3", "torch"}, owned, [](const KerasNode&) {
            return std::vector<std::vector<float>>{{0.5f}, {0.25f}};
        });
        NetworkSpec settings;
        settings.inputHeight = settings.inputWidth = 32;
        Graph(std::make_shared<LayerGraph>(graph.layers), settings);
    } catch (const Error&) {
    }
    return 0;
}
