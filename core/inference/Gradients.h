#pragma once

#include "core/inference/Run.h"

#include <span>
#include <vector>

namespace resnet {

// The number whose gradient is asked for: a sum of cells of one step's output, each times a factor.
struct GradientTarget {
    struct Term {
        int channel = 0;
        Cell cell;
        float factor = 1.0f;
    };
    StepId step = 0;
    std::vector<Term> terms;
};

// A class's score (its logit), a difference of two, and one cell. Throw Error for a class, step, channel or
// cell that is not there.
GradientTarget scoreOf(const Graph& graph, int classIndex);
GradientTarget scoreDifference(const Graph& graph, int classIndex, int against);
GradientTarget cellOf(const Graph& graph, StepId step, int channel, Cell cell);

// The number itself, in a run that has come to the step.
double valueOf(const GradientTarget& target, const Run& run);

// The gradient of one number of a run with respect to the output of every step that it can depend on, and to
// the input: by how much it grows for each unit that a value is larger. Immutable and cheap to copy.
//
// Of a step that several others read it is the sum over all of them.
class Gradients {
public:
    Gradients() = default;
    // `gradients` are those of the input and of the steps in their order; null: not kept.
    Gradients(Run run, GradientTarget target, std::vector<FeatureMapsPtr> gradients);

    const Run& run() const { return m_run; }
    const GradientTarget& target() const { return m_target; }
    // Of a step or of `inputStep`, in the shape of its output. Null after the target's step, and where it was
    // not asked for. 0 everywhere where the target does not depend on the step.
    const FeatureMapsPtr& of(StepId step) const { return m_gradients.at(placeOf(step)); }

private:
    Run m_run;
    GradientTarget m_target;
    std::vector<FeatureMapsPtr> m_gradients;
};

// Sum of value times gradient over all cells: of the input, of a step.
double valueTimesGradient(const Gradients& gradients, StepId step);

// What the biases owe: the gradient of the target times each shift of a batch norm and each bias of the
// network, summed. In a network of ReLUs, valueTimesGradient(input) + this is the target itself, but for
// rounding (the network is piecewise linear: Srinivas and Fleuret, arXiv 1905.00780).
double biasTimesGradient(const Gradients& gradients);

}  // namespace resnet
