#pragma once

#include "core/weights/KerasNodes.h"

#include <optional>
#include <string>
#include <vector>

namespace resnet {

// An operation on all pixels that is no layer: x[..., ::-1], or x * factors + offsets, one number or one a
// channel each, none where it does not do that.
struct KerasOperation {
    bool reversesChannels = false;
    std::vector<double> factors;
    std::vector<double> offsets;
};

// As Keras 2 (TFOpLambda, SlicingOpLambda) and 3 write them. Nothing if the layer is none. Throws Error
// naming it for an operation of Keras 2 that is another one, and for a slice that is not stated.
std::optional<KerasOperation> operationOf(const KerasNode& node, bool isChannelsFirst);

// "nn.relu" of an operation of Keras 2, else the class.
std::string operationName(const KerasNode& node);

}  // namespace resnet
