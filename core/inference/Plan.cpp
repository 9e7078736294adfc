#include "core/inference/Plan.h"

#include <algorithm>

namespace resnet {

namespace {

bool isOff(float gain) {
    return gain == 0.0f;
}

// An addition reads no term that is off, which may not have been computed.
void forgetWhatIsOff(Sweep& sweep, bool isAdditionAlone) {
    if (isAdditionAlone && isOff(sweep.gains.mainPath))
        sweep.input = isOff(sweep.gains.shortcut) ? inputStep : *sweep.shortcut;
    if (isOff(sweep.gains.shortcut))
        sweep.shortcut.reset();
}

class Planner {
public:
    Planner(const Graph& graph, const Edits& edits)
        : m_graph(graph), m_edits(edits), m_readers(std::size_t(graph.stepCount())) {
        for (const Step& step : graph.steps())
            for (const StepId input : step.inputs)
                if (input != inputStep)
                    ++m_readers[std::size_t(input)];
    }

    // Sweeps of neighbouring steps, in the order of the steps.
    std::vector<Sweep> observed() const {
        std::vector<Sweep> sweeps;
        for (StepId id = 0; id < m_graph.stepCount(); id = sweeps.back().result() + 1)
            sweeps.push_back(sweepFrom(m_graph.step(id)));
        return sweeps;
    }

    std::vector<Sweep> fused() const {
        const std::vector<bool> needed = neededSteps();
        const auto isNeeded = [&](StepId id) { return needed[std::size_t(id)]; };
        std::vector<Sweep> fused;
        for (Sweep sweep : observed()) {
            const Step& first = m_graph.step(sweep.step);
            if (first.kind == StepKind::Add && isNeeded(first.id)) {
                appendAddition(fused, first);
            } else if (!fused.empty() && endsWithAddition(fused.back()) &&
                       follows(first, StepKind::ReLU, fused.back().result())) {
                fused.back().relu = first.id;
            } else if (isNeeded(first.id)) {
                if (sweep.sum)
                    forgetWhatIsOff(sweep, false);
                fused.push_back(sweep);
            } else if (sweep.sum && isNeeded(*sweep.sum)) {
                appendAddition(fused, m_graph.step(*sweep.sum));
                fused.back().relu = sweep.relu;
            }
        }
        return fused;
    }

private:
    // Whether a step reads another's output, and nothing else does.
    bool follows(const Step& step, StepKind kind, StepId input) const {
        return step.kind == kind && step.inputs.front() == input && m_readers[std::size_t(input)] == 1;
    }

    bool endsWithAddition(const Sweep& sweep) const {
        return m_graph.step(sweep.result()).kind == StepKind::Add;
    }

    kernels::Gains gainsOf(const Step& addition) const {
        const UnitEdit& edit = m_edits.of({addition.stage, addition.unit});
        return {edit.mainPathGain, edit.shortcutGain};
    }

    Sweep sweepFrom(const Step& step) const {
        Sweep sweep;
        sweep.step = step.id;
        sweep.input = step.inputs.front();
        if (step.kind == StepKind::Add) {
            sweep.shortcut = step.inputs.back();
            sweep.gains = gainsOf(step);
        } else if (step.kind == StepKind::Convolution) {
            appendFollowers(sweep);
        }
        return sweep;
    }

    // The norm, sum and ReLU that stand right after the convolution, if they do.
    void appendFollowers(Sweep& sweep) const {
        const auto next = [&](StepKind kind) -> const Step* {
            const StepId id = sweep.result() + 1;
            return id < m_graph.stepCount() && follows(m_graph.step(id), kind, sweep.result())
                       ? &m_graph.step(id)
                       : nullptr;
        };
        if (const Step* norm = next(StepKind::BatchNorm))
            sweep.norm = norm->id;
        if (const Step* sum = next(StepKind::Add))
            join(sweep, *sum);
        if (const Step* relu = next(StepKind::ReLU))
            sweep.relu = relu->id;
    }

    void join(Sweep& sweep, const Step& addition) const {
        sweep.sum = addition.id;
        sweep.shortcut = addition.inputs.back();
        sweep.gains = gainsOf(addition);
    }

    // Drawn into the convolution that computes F(x), or alone where F(x) is off.
    void appendAddition(std::vector<Sweep>& fused, const Step& addition) const {
        const auto mainPath = std::ranges::find_if(
            fused, [&](const Sweep& each) { return each.result() == addition.inputs.front(); });
        const bool joins = !isOff(gainsOf(addition).mainPath) && mainPath != fused.end() && !mainPath->sum &&
                           !mainPath->relu && m_graph.step(mainPath->step).kind == StepKind::Convolution &&
                           follows(addition, StepKind::Add, mainPath->result());
        Sweep sweep = joins ? *mainPath : sweepFrom(addition);
        if (joins) {
            join(sweep, addition);
            fused.erase(mainPath);
        }
        forgetWhatIsOff(sweep, !joins);
        fused.push_back(sweep);
    }

    // By step, whether the logits or their softmax depend on its output.
    std::vector<bool> neededSteps() const {
        std::vector<bool> needed(std::size_t(m_graph.stepCount()));
        needed[std::size_t(m_graph.logitsStep())] = needed[std::size_t(m_graph.softmaxStep())] = true;
        for (StepId id = m_graph.softmaxStep(); id >= 0; --id) {
            const Step& step = m_graph.step(id);
            const kernels::Gains gains = step.kind == StepKind::Add ? gainsOf(step) : kernels::Gains{};
            const auto need = [&](StepId input, float gain) {
                if (input != inputStep && !isOff(gain) && needed[std::size_t(id)])
                    needed[std::size_t(input)] = true;
            };
            need(step.inputs.front(), gains.mainPath);
            need(step.inputs.back(), gains.shortcut);
        }
        return needed;
    }

    const Graph& m_graph;
    const Edits& m_edits;
    std::vector<int> m_readers;  // by step: how many steps read its output
};

bool readsResult(const Sweep& reader, const Sweep& of) {
    return reader.input == of.result() || reader.shortcut == of.result();
}

// Index of the last sweep that reads the result of sweep `of`; that of the sweep itself if none does.
std::size_t lastReader(const std::vector<Sweep>& sweeps, std::size_t of) {
    for (std::size_t i = sweeps.size() - 1; i > of; --i)
        if (readsResult(sweeps[i], sweeps[of]))
            return i;
    return of;
}

}  // namespace

Plan planFor(const Graph& graph, const Edits& edits, PassKind kind) {
    const Planner planner(graph, edits);
    return {kind == PassKind::Observed ? planner.observed() : planner.fused(),
            firstDifferentStep(graph, {}, edits)};
}

BufferPlan planBuffers(const Graph& graph, const std::vector<Sweep>& sweeps) {
    BufferPlan plan;
    std::vector<std::size_t> busyUntil;  // by buffer: the last sweep that reads it
    for (std::size_t i = 0; i < sweeps.size(); ++i) {
        const auto idle = std::ranges::find_if(busyUntil, [&](std::size_t reader) { return reader < i; });
        const std::size_t buffer = std::size_t(idle - busyUntil.begin());
        if (idle == busyUntil.end()) {
            busyUntil.emplace_back();
            plan.bufferSizes.push_back(0);
        }
        busyUntil[buffer] = lastReader(sweeps, i);
        plan.bufferSizes[buffer] =
            std::max(plan.bufferSizes[buffer], graph.outputShape(sweeps[i].result()).size());
        plan.bufferOfSweep.push_back(int(buffer));
    }
    return plan;
}

}  // namespace resnet
