#pragma once

#include "core/network/Graph.h"
#include "core/tensor/Tensor.h"

#include <string>
#include <vector>

namespace resnet {

// A narrow network's parameters, each filled with a value of its own, from `start` + 1 on.
inline StateDict smallParameters(float start = 0.0f, std::vector<int> units = {2, 2},
                                 std::vector<int> channels = {4, 8}) {
    NetworkSpec spec;
    spec.unitsPerStage = std::move(units);
    spec.channelsPerStage = std::move(channels);
    StateDict parameters;
    float value = start;
    for (const ParameterInfo& parameter : parametersOf(Graph(spec)))
        parameters[parameter.name] = {
            parameter.shape, std::vector<float>(std::size_t(elementCount(parameter.shape)), ++value)};
    return parameters;
}

}  // namespace resnet
