#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace resnet {

// Index of a step in Graph::steps(), which is also the order of execution.
using StepId = int;
// Stands for the input image where a step is expected.
inline constexpr StepId inputStep = -1;
// Where a step is found in a list that begins with the input: 0 for `inputStep`.
constexpr std::size_t placeOf(StepId step) {
    return std::size_t(std::int64_t(step) - inputStep);
}

enum class StepKind {
    Convolution,
    BatchNorm,
    ReLU,
    MaxPool,
    Add,
    GlobalAveragePool,
    Dense,
    Softmax,
    Activation,  // a function of each value: swish, sigmoid, ...
    AveragePool,
    GlobalMaxPool,
    Padding,  // zeros around maps and beside channels, or every n-th cell
    Scale     // factor * x + offset
};

// What one cell of an output is made from, along the rows and columns of the input.
enum class Reads {
    Cell,    // the cell at the same place
    Window,  // the cells of Step::window
    Map      // all cells; the output is one cell
};

// What a window finds outside the map: zeros, numbers that never win, or nothing, so that it is smaller
// there.
enum class Outside { Zero, Lowest, Nothing };

// Whether an output can hold numbers below zero.
enum class OutputSign { Signed, NotNegative, AsInput };

// One parameter of a kind of step.
struct ParameterKind {
    // Kernels: output channels x input channels x kernel x kernel. Matrix: outputs x inputs.
    enum class Shape { Kernels, Matrix, PerChannel };
    // What initialParameters() puts there.
    enum class Start { Zero, One, HeNormal, GlorotUniform };

    std::string_view suffix;  // "weight"
    Shape shape{};
    Start start{};
    bool isTrainable = true;  // false: kept from training, as batch norm's mean and variance are

    std::vector<std::int64_t> shapeFor(int inputs, int outputs, int kernel) const;
};

// All that is known of a kind of step without looking at one.
struct StepKindInfo {
    StepKind kind{};
    std::string_view name;          // "convolution", "batch norm"
    std::string_view shortName;     // "conv", "batch norm": on the nodes of a drawing
    std::string_view briefestName;  // "conv", "norm": where room is short
    Reads reads{};
    OutputSign sign{};
    std::span<const ParameterKind> parameters = {};
    Outside outside = Outside::Zero;  // where it has a window

    bool hasWindow() const { return reads == Reads::Window; }
    // A kernel of weights, as against the window of a pooling.
    bool hasKernels() const;
};

const StepKindInfo& infoOf(StepKind kind);
// Every kind, in the order of the enumeration.
std::span<const StepKindInfo> stepKinds();

// "convolution", "batch norm", "ReLU", "max pool", "add", "global average pool", "dense", "softmax",
// "activation", "average pool", "global max pool", "padding", "scale".
std::string_view name(StepKind kind);

}  // namespace resnet
