#pragma once

#include "core/inference/EngineOptions.h"
#include "core/inference/Run.h"
#include "core/network/Network.h"

#include <optional>
#include <stop_token>

namespace resnet {

// Batch norm of a trained network is one line per channel, so the convolution before it can take it over
// (Ioffe & Szegedy, 2015, algorithm 2, gives the line; Jacob et al., "Quantization and Training of Neural
// Networks for Efficient Integer-Arithmetic-Only Inference", 2018, section 3.2, the folding):
//   gamma * (w * x - mean) / sqrt(variance + epsilon) + beta  =  w' * x + b'
//   scale = gamma / sqrt(variance + epsilon),  w' = w * scale,  b' = shift = beta - mean * scale
struct BatchNormLine {
    float gamma = 0.0f;
    float beta = 0.0f;
    float mean = 0.0f;
    float variance = 0.0f;
    double epsilon = 0.0;
    double scale = 0.0;
    double shift = 0.0;
};

// Of a run it is Run::editedNetwork() that has the parameters.
BatchNormLine batchNormLine(const Network& network, StepId batchNorm, int channel);

// The batch norm that folds into a convolution, told by either of the two. None for other steps, for a batch
// norm that follows something else, and for a convolution that others read, too.
std::optional<StepId> foldableBatchNorm(const Graph& graph, StepId step);
// That of the step, else of the nearest before it on the main path, else the first; none in a network that
// has none.
std::optional<StepId> nearestBatchNorm(const Graph& graph, StepId step);

// A convolution with its batch norm folded in, computed again over what entered it, beside what convolution
// and batch norm gave one after the other.
struct FoldedConvolution {
    FeatureMapsPtr output;         // of the folded convolution
    double largestDifference = 0;  // to the batch norm's output, of finite values
    double largestMagnitude = 0;   // of the batch norm's output
    int channel = 0;               // where the largest difference is
    int y = 0;
    int x = 0;
};

// Weights and bias are folded in double precision and rounded once; the engine's own kernels and algorithm
// compute the output, the same bits every time. Throws Error if the batch norm does not fold into a
// convolution or the outputs are not there. A stop request leaves the result incomplete.
FoldedConvolution foldedConvolution(const Run& run, StepId batchNorm, const EngineOptions& options = {},
                                    const std::stop_token& stop = {});

}  // namespace resnet
