#pragma once

#include "core/experiments/RunComparison.h"
#include "core/image/Image.h"
#include "core/inference/EngineOptions.h"
#include "core/model/Model.h"

#include <optional>
#include <stop_token>
#include <string>

namespace resnet {

// The picture as the model prepares it, through the whole network. Nothing when stopped.
std::optional<Run> runOn(const Model& model, const Image& image, const EngineOptions& options = {},
                         const std::stop_token& stop = {});

// What makes two models of one shape say different things of a picture. Whatever differs between them
// (padding, epsilon, input size, RGB or BGR, mean and standard deviation, resize, batch norms folded into
// their convolutions, the order of the first convolution's channels, the weights of single units) is given to
// b as a has it, one thing at a time, and the picture goes through again: what leaves no difference beyond
// the tolerance is the cause. If nothing does alone, the fewest things that do together. Nothing if these do
// not explain it, if the networks are of different shapes, and when stopped.
std::optional<std::string> causeOfDifference(const ModelPtr& a, const ModelPtr& b, const Image& image,
                                             double tolerance, const EngineOptions& options = {},
                                             const std::stop_token& stop = {});

}  // namespace resnet
