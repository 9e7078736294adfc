#pragma once

#include "core/inference/Run.h"

namespace resnet::test {

// A run with nothing computed, for outputs that a test makes up: its network's parameters are all 0.
inline Run madeUpRun(const Graph& graph, FeatureMapsPtr input = nullptr) {
    StateDict parameters;
    for (const ParameterInfo& each : parametersOf(graph))
        parameters.emplace(each.name,
                           Tensor{each.shape, std::vector<float>(std::size_t(elementCount(each.shape)))});
    return Run(std::make_shared<const Network>(graph, std::move(parameters)), std::move(input));
}

}  // namespace resnet::test
