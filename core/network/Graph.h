#pragma once

#include "core/network/Layers.h"
#include "core/network/NetworkSpec.h"
#include "core/network/StepKinds.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace resnet {

// Where in the network a step stands. Sum is the addition of a residual unit and what follows it there.
enum class Way { Stem, MainPath, Shortcut, Sum, Head };

// The window of a convolution or pooling: a square kernel, one stride, padding on each side in pixels.
struct Window {
    int kernel = 1;
    int stride = 1;
    int padTop = 0;
    int padLeft = 0;
    int padBottom = 0;
    int padRight = 0;

    bool operator==(const Window&) const = default;
};

// What one cell of an output sees of the image along one axis, in pixels, over the longest path. The field of
// cell i begins at pixel start + i * stride (negative: in the padding) and is `size` pixels long.
struct ReceptiveField {
    int size = 1;
    int stride = 1;
    int start = 0;

    bool operator==(const ReceptiveField&) const = default;
};

struct Step {
    StepId id = 0;
    StepKind kind{};
    std::string name;            // torchvision's: "layer2.0.downsample.0"
    std::vector<StepId> inputs;  // for Add: main path first, then shortcut
    FeatureShape input;          // shape of each input
    FeatureShape output;
    Window window;  // of kinds that have one
    StepSettings settings;
    std::string layer;  // its name in the file that states it; empty otherwise
    Way way{};
    int stage = -1;        // from 0; -1 in stem and head
    int unit = -1;         // from 0 within its stage; -1 in stem and head
    bool isSigned = true;  // whether the output can hold numbers below zero

    std::int64_t trainableParameters = 0;
    std::int64_t totalParameters = 0;  // with batch norm's running mean and variance
    std::int64_t multiplyAdds = 0;     // of convolutions and the dense layer, for one image
    ReceptiveField fieldY;
    ReceptiveField fieldX;
};

// What a unit's shortcut makes of x: nothing, a convolution's output, or, without parameters, every second
// pixel and zeros for new channels.
enum class ShortcutForm { Identity, Projection, Padding };

// One residual unit as the steps it is made of. They stand together in the graph, in the order of the lists:
// main path, shortcut, addition, tail.
struct ResidualUnit {
    std::string name;  // "layer2.0"
    int stage = 0;
    int unit = 0;
    StepId input = inputStep;      // the step whose output x enters the unit
    std::vector<StepId> mainPath;  // makes F(x)
    std::vector<StepId> shortcut;  // makes of x what is added to F(x); empty: x as it is, or no shortcut
    std::optional<StepId> add;     // none in a plain network
    std::vector<StepId> tail;      // after the addition, or the main path of a plain unit: a ReLU, or nothing
    StepId output{};               // the last step
    ShortcutForm shortcutForm = ShortcutForm::Identity;  // Graph sets it

    StepId first() const { return mainPath.front(); }
    StepId last() const { return output; }
    // The step that gives F(x): the last of the main path.
    StepId branchOutput() const { return mainPath.back(); }
    // The step that gives what is added to F(x).
    StepId shortcutOutput() const { return shortcut.empty() ? input : shortcut.back(); }
    bool changesX() const { return !shortcut.empty(); }
    bool hasProjection() const { return shortcutForm == ShortcutForm::Projection; }
    bool isPadded() const { return shortcutForm == ShortcutForm::Padding; }
    bool hasAddition() const { return add.has_value(); }
};

// What a graph is made of; GraphBuilder makes it.
struct GraphParts {
    std::vector<Step> steps;  // a step's id is its index; inputs stand before what reads them
    std::vector<ResidualUnit> units;
};

// The steps and edges of a network: shapes, costs and receptive fields included. Immutable.
class Graph {
public:
    // What the spec expands to. Throws Error if the spec is out of range.
    explicit Graph(const NetworkSpec& spec);
    // A network that was put together elsewhere; `spec` has its input, classes and depth. Throws Error if the
    // parts are no network: steps that read later ones, units whose steps do not stand together, no softmax
    // at the end.
    Graph(NetworkSpec spec, GraphParts parts);

    const NetworkSpec& spec() const { return m_spec; }
    const std::vector<Step>& steps() const { return m_steps; }
    const Step& step(StepId id) const { return m_steps.at(std::size_t(id)); }
    int stepCount() const { return int(m_steps.size()); }

    const std::vector<ResidualUnit>& units() const { return m_units; }
    // The unit that a step belongs to; null in stem and head, and for `inputStep`.
    const ResidualUnit* unitOf(StepId id) const;
    const ResidualUnit* unit(int stage, int unit) const;
    // The units of a stage, in order.
    std::span<const ResidualUnit> stage(int stage) const;
    int stageCount() const { return m_units.back().stage + 1; }

    // A network that states its layers. Of `settings` padding, epsilon (for batch norms that state none) and
    // input size are taken; the rest of spec() describes what was found. Throws Error naming the layer for
    // shapes that do not fit and for layers that are no chain of residual units.
    Graph(std::shared_ptr<const LayerGraph> layers, NetworkSpec settings);

    // Null where the spec says all.
    const std::shared_ptr<const LayerGraph>& statedLayers() const { return m_layers; }

    // The steps before the first unit, after the last, of a unit and of a stage, in order; never empty.
    std::span<const Step> stem() const;
    std::span<const Step> head() const;
    std::span<const Step> stepsOf(const ResidualUnit& unit) const;
    std::span<const Step> stepsOfStage(int stage) const;

    // The steps that read the output of a step, or the image for `inputStep`, in order.
    std::span<const StepId> consumersOf(StepId id) const { return m_consumers.at(placeOf(id)); }
    // The first of them that is of a kind: the batch norm after a convolution.
    std::optional<StepId> consumerOf(StepId id, StepKind kind) const;
    // The ReLU that cuts what the unit's addition gives; none where x goes on as it is.
    std::optional<StepId> reluAfterSum(const ResidualUnit& unit) const;
    // The step whose output the shortcut takes: what enters the unit, or a step of the main path where that
    // begins with batch norm and ReLU for both.
    StepId forkOf(const ResidualUnit& unit) const;

    // Shape of a step's output, or of the image for `inputStep`.
    const FeatureShape& outputShape(StepId id) const;
    // Name of a step, or "input".
    const std::string& stepName(StepId id) const;
    std::optional<StepId> find(std::string_view stepName) const;

    // The epsilon of a batch norm.
    double epsilonOf(StepId batchNorm) const;

    // The last step, which says what the outputs mean (softmax, or an activation: sigmoid, or the identity
    // where the scores themselves are the output), and the one that gives it the scores. Whether the last
    // step gives probabilities; else the scores as they are.
    bool hasProbabilities() const;
    StepId softmaxStep() const { return m_steps.back().id; }
    StepId logitsStep() const { return m_steps.back().inputs.front(); }

    std::int64_t trainableParameters() const;
    std::int64_t totalParameters() const;
    std::int64_t multiplyAdds() const;

private:
    std::span<const Step> between(StepId first, StepId last) const;

    std::shared_ptr<const LayerGraph> m_layers;
    NetworkSpec m_spec;
    FeatureShape m_inputShape;
    std::vector<Step> m_steps;
    std::vector<ResidualUnit> m_units;
    std::vector<std::vector<StepId>> m_consumers;  // of the image first, then of each step
};

// Steps whose channels are classes: dense and softmax.
bool isPerClass(const Graph& graph, StepId step);

// One parameter of a network: its canonical name and shape, where it starts, and whether training moves it.
struct ParameterInfo {
    std::string name;  // "layer1.0.bn1.running_mean"
    std::vector<std::int64_t> shape;
    StepId step = 0;
    bool trainable = true;
    ParameterKind::Start start{};
};

// Those of its kind that a step has by its settings.
std::vector<ParameterKind> parameterKindsOf(const Step& step);

// Every parameter of a step, and of all in their order.
std::vector<ParameterInfo> parametersOf(const Step& step);
std::vector<ParameterInfo> parametersOf(const Graph& graph);

// "56 × 56 × 64" (height, width, channels, as the window writes shapes), or "512" for a vector.
std::string shapeText(const FeatureShape& shape);

}  // namespace resnet
