#pragma once

#include "core/network/Graph.h"
#include "core/tensor/FeatureMaps.h"

#include <vector>

namespace resnet {

// What is known of one image in one network: the input tensor and the output of every step computed so far.
// A value: copies share the tensors, which never change once they are in here.
class Run {
public:
    Run() = default;
    Run(FeatureMapsPtr input, int stepCount)
        : m_input(std::move(input)),
          m_outputs(std::size_t(stepCount)),
          m_milliseconds(std::size_t(stepCount)) {}

    const FeatureMapsPtr& input() const { return m_input; }
    // Null while not computed. `inputStep` gives the input.
    const FeatureMapsPtr& output(StepId step) const {
        return step == inputStep ? m_input : m_outputs.at(std::size_t(step));
    }
    bool has(StepId step) const { return output(step) != nullptr; }
    int stepCount() const { return int(m_outputs.size()); }
    // Steps computed so far, and whether that is all of them.
    int computedCount() const;
    bool isComplete() const { return computedCount() == stepCount(); }

    // Wall time of a step. Steps computed in one sweep (a convolution with its batch norm and ReLU) carry the
    // sweep's time on the first and 0 on the others.
    double milliseconds(StepId step) const { return m_milliseconds.at(std::size_t(step)); }

    void set(StepId step, FeatureMapsPtr output, double milliseconds) {
        m_outputs.at(std::size_t(step)) = std::move(output);
        m_milliseconds.at(std::size_t(step)) = milliseconds;
    }

private:
    FeatureMapsPtr m_input;
    std::vector<FeatureMapsPtr> m_outputs;
    std::vector<double> m_milliseconds;
};

}  // namespace resnet
