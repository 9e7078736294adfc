#pragma once

#include "core/network/NetworkSpec.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace resnet {

// Index of a step in Graph::steps(), which is also the order of execution.
using StepId = int;
// Stands for the input image where a step is expected.
inline constexpr StepId inputStep = -1;

enum class StepKind { Convolution, BatchNorm, ReLU, MaxPool, Add, GlobalAveragePool, Dense, Softmax };

// "convolution", "batch norm", "ReLU", "max pool", "add", "global average pool", "dense", "softmax".
std::string_view name(StepKind kind);

// Where in the network a step stands. Sum is the addition of a residual unit and the ReLU after it.
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
    Window window;  // of convolution and max pool
    Way way{};
    int stage = -1;  // from 0; -1 in stem and head
    int unit = -1;   // from 0 within its stage; -1 in stem and head

    std::int64_t trainableParameters = 0;
    std::int64_t totalParameters = 0;  // with batch norm's running mean and variance
    std::int64_t multiplyAdds = 0;     // of convolutions and the dense layer, for one image
    ReceptiveField fieldY;
    ReceptiveField fieldX;
};

// One residual unit as the steps it is made of. A plain network's unit has no shortcut and no sum.
struct ResidualUnit {
    std::string name;  // "layer2.0"
    int stage = 0;
    int unit = 0;
    StepId input = inputStep;  // the step whose output x enters the unit
    StepId conv1{}, bn1{}, relu1{}, conv2{}, bn2{};
    std::optional<StepId> projection;      // 1x1 convolution on the shortcut
    std::optional<StepId> projectionNorm;  // its batch norm
    std::optional<StepId> add;
    StepId relu2{};

    StepId first() const { return conv1; }
    StepId last() const { return relu2; }
    bool hasProjection() const { return projection.has_value(); }
};

// The steps and edges that a spec expands to: shapes, costs and receptive fields included. Immutable.
class Graph {
public:
    // Throws Error if the spec is out of range.
    explicit Graph(NetworkSpec spec);

    const NetworkSpec& spec() const { return m_spec; }
    const std::vector<Step>& steps() const { return m_steps; }
    const Step& step(StepId id) const { return m_steps.at(std::size_t(id)); }
    int stepCount() const { return int(m_steps.size()); }
    const std::vector<ResidualUnit>& units() const { return m_units; }
    // The unit that a step belongs to; null in stem and head.
    const ResidualUnit* unitOf(StepId id) const;
    const ResidualUnit* unit(int stage, int unit) const;

    // Shape of a step's output, or of the image for `inputStep`.
    const FeatureShape& outputShape(StepId id) const;
    // Name of a step, or "input".
    const std::string& stepName(StepId id) const;
    std::optional<StepId> find(std::string_view stepName) const;

    StepId logitsStep() const { return stepCount() - 2; }
    StepId softmaxStep() const { return stepCount() - 1; }

    std::int64_t trainableParameters() const;
    std::int64_t totalParameters() const;
    std::int64_t multiplyAdds() const;

private:
    friend class GraphBuilder;
    NetworkSpec m_spec;
    FeatureShape m_inputShape;
    std::vector<Step> m_steps;
    std::vector<ResidualUnit> m_units;
};

// Steps whose channels are classes: dense and softmax.
bool isPerClass(const Graph& graph, StepId step);

// One parameter of a network: its canonical name and shape, and whether training moves it.
struct ParameterInfo {
    std::string name;  // "layer1.0.bn1.running_mean"
    std::vector<std::int64_t> shape;
    StepId step = 0;
    bool trainable = true;
};

// Every parameter in the order of the steps.
std::vector<ParameterInfo> parametersOf(const Graph& graph);

// "56 × 56 × 64" (height, width, channels, as the window writes shapes), or "512" for a vector.
std::string shapeText(const FeatureShape& shape);

}  // namespace resnet
