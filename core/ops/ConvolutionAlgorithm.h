#pragma once

#include "core/tensor/FeatureMaps.h"

#include <string_view>

namespace resnet {

// A convolution without its weights. `kernel` is square; padding before is given, padding after follows from
// the output's shape.
struct ConvolutionShape {
    FeatureShape input;
    FeatureShape output;
    int kernel = 3;
    int stride = 1;
    int padTop = 0;
    int padLeft = 0;
};

// Ways to compute one convolution. All of them are matrix products of gathered rows and packed weights:
//   Direct     a row is one cell's window: kernel^2 x channels numbers
//   Winograd2  F(2x2, 3x3): rows are 4x4 tiles, 16 products of `channels` numbers give 2x2 cells
//   Winograd4  F(4x4, 3x3): rows are 6x6 tiles, 36 products of `channels` numbers give 4x4 cells
enum class ConvolutionAlgorithm { Direct, Winograd2, Winograd4 };

// "direct", "F(2x2)", "F(4x4)".
std::string_view name(ConvolutionAlgorithm algorithm);

// Whether it can compute this shape: Winograd needs a 3x3 kernel and stride 1.
bool isApplicable(ConvolutionAlgorithm algorithm, const ConvolutionShape& shape);

// The fastest for this shape, from a measured table.
ConvolutionAlgorithm chooseAlgorithm(const ConvolutionShape& shape);

}  // namespace resnet
