#include "core/inference/Sweep.h"

#include <algorithm>

namespace resnet {

namespace {

bool reads(const Step& step, StepKind kind, StepId input) {
    return step.kind == kind && step.inputs.front() == input;
}

// The sum and ReLU that stand right after the sweep, if they do.
void append(Sweep& sweep, const Graph& graph) {
    const auto next = [&](StepKind kind) -> const Step* {
        const StepId id = sweep.result() + 1;
        return id < graph.stepCount() && reads(graph.step(id), kind, sweep.result()) ? &graph.step(id)
                                                                                     : nullptr;
    };
    if (const Step* norm = next(StepKind::BatchNorm))
        sweep.norm = norm->id;
    if (const Step* sum = next(StepKind::Add)) {
        sweep.sum = sum->id;
        sweep.shortcut = sum->inputs.back();
    }
    if (const Step* relu = next(StepKind::ReLU))
        sweep.relu = relu->id;
}

}  // namespace

std::vector<Sweep> sweepsInStepOrder(const Graph& graph) {
    std::vector<Sweep> sweeps;
    for (StepId id = 0; id < graph.stepCount(); id = sweeps.back().result() + 1) {
        const Step& step = graph.step(id);
        Sweep sweep;
        sweep.step = id;
        sweep.input = step.inputs.front();
        if (step.kind == StepKind::Add)
            sweep.shortcut = step.inputs.back();
        if (step.kind == StepKind::Convolution)
            append(sweep, graph);
        sweeps.push_back(sweep);
    }
    return sweeps;
}

std::vector<Sweep> fusedSweeps(const Graph& graph) {
    std::vector<Sweep> fused;
    for (const Sweep& sweep : sweepsInStepOrder(graph)) {
        const Step& step = graph.step(sweep.step);
        if (step.kind == StepKind::Add) {
            const auto mainPath =
                std::ranges::find_if(fused, [&](const Sweep& each) { return each.result() == sweep.input; });
            Sweep merged = *mainPath;
            merged.sum = sweep.step;
            merged.shortcut = sweep.shortcut;
            fused.erase(mainPath);
            fused.push_back(merged);
        } else if (!fused.empty() && fused.back().sum && reads(step, StepKind::ReLU, *fused.back().sum)) {
            fused.back().relu = sweep.step;
        } else {
            fused.push_back(sweep);
        }
    }
    return fused;
}

}  // namespace resnet
