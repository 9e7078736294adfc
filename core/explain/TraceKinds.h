#pragma once

#include "core/explain/BatchNormFolding.h"

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

namespace resnet {

// A cell of a step's input as a window sees it. Outside the map it is padding, which counts as 0 in a
// convolution and not at all in a max pool.
struct WindowCell {
    int y = 0;
    int x = 0;
    bool isPadding = false;
    float value = 0.0f;
};

struct WeightedCell : WindowCell {
    float weight = 0.0f;
    double product() const { return double(value) * weight; }
};

// What one input channel adds to a convolution: kernel x kernel cells, row by row.
struct ChannelTerm {
    int channel = 0;
    std::vector<WeightedCell> cells;
    double sum = 0.0;
};

// The value is the sum over all input channels, and the bias.
struct ConvolutionTrace {
    int kernel = 1;
    std::vector<ChannelTerm> channels;  // the largest magnitude first
    std::optional<float> bias;          // where the convolution has one
    // What all channels but the first `shown` add.
    double rest(std::size_t shown) const;
};

// Batch norm, or a scale, as the line it is: after = scale * before + shift.
struct AffineTrace : BatchNormLine {
    float before = 0.0f;
    bool isBatchNorm = true;
};

// The value is a function's of the one before.
struct FunctionTrace {
    float before = 0.0f;
    ActivationFunction function{};
    double slope = 0.0;
};

// The value is that of a cell of another place, or 0 where there is no such cell or channel.
struct CopyTrace {
    bool isZero = false;
    int channel = 0;
    int y = 0;
    int x = 0;
    float before = 0.0f;
};

struct ReluTrace {
    float before = 0.0f;
    bool isCut() const { return before < 0.0f; }
};

// The value is that of the winner: the first of the largest, row by row.
struct MaxPoolTrace {
    int rows = 1;
    int columns = 1;
    std::vector<WindowCell> cells;
    int winner = 0;
};

// Both terms of a residual unit's sum: F(x), and what the shortcut brings, each with its gain (1 without
// edits). A term whose gain is 0 adds nothing, whatever its value.
struct SumTrace {
    StepId mainPathStep = 0;
    StepId shortcutStep = 0;
    float mainPath = 0.0f;
    float shortcut = 0.0f;
    float mainPathGain = 1.0f;
    float shortcutGain = 1.0f;

    double mainPathTerm() const { return mainPathGain == 0.0f ? 0.0 : double(mainPathGain) * mainPath; }
    double shortcutTerm() const { return shortcutGain == 0.0f ? 0.0 : double(shortcutGain) * shortcut; }
};

// The value is the mean of height x width cells from (top, left) on, row by row; `count` is what the total is
// divided by, more than the cells where zeros of the padding count.
struct MeanTrace {
    int top = 0;
    int left = 0;
    int height = 1;
    int width = 1;
    std::vector<float> cells;
    double total = 0.0;
    double count = 1.0;
};

struct FeatureTerm {
    int feature = 0;
    float value = 0.0f;
    float weight = 0.0f;
    double product() const { return double(value) * weight; }
};

// The value is the sum over all features, plus the bias.
struct DenseTrace {
    std::vector<FeatureTerm> features;  // the largest magnitude first
    float bias = 0.0f;
    double rest(std::size_t shown) const;
};

struct ClassTerm {
    int index = 0;
    float logit = 0.0f;
    double exponential = 0.0;  // exp(logit - largest logit)
};

// The value is the own exponential over the denominator, which is the sum of all.
struct SoftmaxTrace {
    std::vector<ClassTerm> classes;  // the largest logit first, NaN before all
    double largestLogit = 0.0;
    double exponential = 0.0;
    double denominator = 0.0;
};

using TraceKind = std::variant<ConvolutionTrace, AffineTrace, ReluTrace, FunctionTrace, CopyTrace,
                               MaxPoolTrace, SumTrace, MeanTrace, DenseTrace, SoftmaxTrace>;

// What a number was made of: for each kind of step how it is traced, what did most for it, and its terms as
// a table. Behind Trace.h and Tables.h.

struct Trace;

// A number that another one was made from: a cell of an earlier step's output, or of the input.
struct TraceSource {
    StepId step = inputStep;
    int channel = 0;
    int y = 0;
    int x = 0;

    bool operator==(const TraceSource&) const = default;
};

// Fills in `how` and `sum` of the cell that the trace tells. What the step reads must be computed.
void explain(Trace& trace, const Step& step, const Run& run);

// The number that did most for a traced one: the cell with the largest product in a convolution's strongest
// channel, the winner of a max pool, the larger term of a sum, the largest cell of a mean, the feature with
// the largest product, a class's own score; else the one it was made from. Following it from step to step
// leads to the image.
TraceSource strongestSource(const Graph& graph, const Trace& trace);

// A term; empty where it has no place, value or weight.
struct TraceTerm {
    std::string name;
    std::optional<int> y, x;
    std::optional<double> value, weight;
    double contribution = 0.0;
};

// The terms that a number was made of; the contributions add up to it.
std::vector<TraceTerm> traceTerms(const Trace& trace, const Graph& graph,
                                  std::span<const std::string> classNames);

}  // namespace resnet
