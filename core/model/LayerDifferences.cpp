#include "core/model/LayerDifferences.h"

#include "core/network/Graph.h"

#include <algorithm>

namespace resnet {

namespace {

// The layers of the spec with what this file has and has not; null where that is what the spec says.
class Differences {
public:
    Differences(const StateDict& parameters, const NetworkSpec& spec)
        : m_parameters(parameters), m_graph(spec) {
        m_layers.inputChannels = spec.inputChannels;
        m_layers.layers = layersOf(spec);
        for (std::size_t i = 0; i < m_layers.layers.size(); ++i)
            m_layers.layers[i].name = m_graph.step(StepId(i)).name;
    }

    std::shared_ptr<const LayerGraph> find(std::vector<std::string>& notes) {
        const std::vector<Layer> before = m_layers.layers;
        addProjections();
        setFlags();
        if (lacksAll("downsample.1"))
            drop("downsample.1");
        if (m_graph.find("post_bn") && !hasAny("post_bn"))
            drop("post_");
        if (m_graph.spec().classes == 1) {
            m_layers.layers.back().kind = StepKind::Activation;
            m_layers.layers.back().settings.function = ActivationFunction::Sigmoid;
            notes.emplace_back("The network has one output: it is read as the sigmoid's, yes or no.");
        }
        return m_layers.layers == before ? nullptr : std::make_shared<const LayerGraph>(std::move(m_layers));
    }

private:
    bool has(const std::string& layer, const char* suffix) const {
        return m_parameters.contains(layer + suffix);
    }
    bool hasAny(const std::string& layer) const {
        for (const char* suffix : {".weight", ".bias", ".running_mean", ".running_var"})
            if (has(layer, suffix))
                return true;
        return false;
    }

    // Only what the whole file is without: a tensor that is missing in one place is missing.
    void setFlags() {
        bool anyScale = false, anyCentre = false;
        for (const Layer& layer : m_layers.layers)
            if (layer.kind == StepKind::BatchNorm) {
                anyScale |= has(layer.name, ".weight");
                anyCentre |= has(layer.name, ".bias");
            }
        for (Layer& layer : m_layers.layers) {
            if (layer.kind == StepKind::Convolution || layer.kind == StepKind::Dense)
                layer.settings.hasBias = has(layer.name, ".bias");
            if (layer.kind == StepKind::BatchNorm) {
                layer.settings.hasScale = anyScale;
                layer.settings.hasCentre = anyCentre;
            }
        }
    }

    // A unit that keeps its shape may have a projection all the same: of what the unit reads, which in
    // pre-activation is not said.
    void addProjections() {
        std::vector<Layer>& layers = m_layers.layers;
        for (std::size_t add = 0; add < layers.size() && m_graph.spec().unit != UnitKind::PreActivation;
             ++add) {
            const std::string unit = layers[add].name.substr(0, layers[add].name.rfind('.') + 1);
            if (layers[add].kind != StepKind::Add || !has(unit + "downsample.0", ".weight") ||
                std::ranges::any_of(layers,
                                    [&](const Layer& each) { return each.name == unit + "downsample.0"; }))
                continue;
            const auto shortcut = std::ranges::find_if(layers[add].inputs, [&](int input) {
                return input != inputStep && !layers[std::size_t(input)].name.starts_with(unit);
            });
            if (shortcut == layers[add].inputs.end())
                continue;
            const int input = *shortcut;
            const auto& kernel = m_parameters.find(unit + "downsample.0.weight")->second;
            const int channels = kernel.shape.empty() ? 0 : int(kernel.shape[0]);
            for (std::size_t i = add + 1; i < layers.size(); ++i)
                for (int& read : layers[i].inputs)
                    read += read >= int(add) ? 2 : 0;
            *shortcut = int(add) + 1;
            layers.insert(layers.begin() + std::ptrdiff_t(add),
                          {Layer{unit + "downsample.0",
                                 StepKind::Convolution,
                                 {input},
                                 channels,
                                 {.kernel = 1, .stride = 1},
                                 {}},
                           Layer{unit + "downsample.1", StepKind::BatchNorm, {int(add)}, 0, {}, {}}});
            add += 2;
        }
    }

    bool lacksAll(const char* suffix) const {
        bool hasProjection = false;
        for (const Layer& layer : m_layers.layers)
            if (layer.name.ends_with(suffix)) {
                hasProjection = true;
                if (hasAny(layer.name))
                    return false;
            }
        return hasProjection;
    }

    void drop(const char* part) {
        std::vector<Layer>& layers = m_layers.layers;
        std::vector<int> places(layers.size());
        std::vector<Layer> kept;
        for (std::size_t i = 0; i < layers.size(); ++i) {
            const bool isDropped = layers[i].name.find(part) != std::string::npos;
            for (int& input : layers[i].inputs)
                input = input == inputStep ? inputStep : places[std::size_t(input)];
            places[i] = isDropped ? layers[i].inputs.front() : int(kept.size());
            if (!isDropped)
                kept.push_back(layers[i]);
        }
        layers = std::move(kept);
    }

    const StateDict& m_parameters;
    Graph m_graph;
    LayerGraph m_layers;
};

}  // namespace

std::shared_ptr<const LayerGraph> layersWithDifferences(const StateDict& parameters, const NetworkSpec& spec,
                                                        std::vector<std::string>& notes) {
    return Differences(parameters, spec).find(notes);
}

}  // namespace resnet
