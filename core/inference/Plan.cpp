#include "core/inference/Plan.h"

#include <algorithm>

namespace resnet {

namespace {

bool isOff(float gain) {
    return gain == 0.0f;
}

// An addition reads no term that is off, which may not have been computed.
void forgetWhatIsOff(StepGroup& group, bool isAdditionAlone) {
    if (isAdditionAlone && isOff(group.gains.mainPath))
        group.input = isOff(group.gains.shortcut) ? inputStep : *group.shortcut;
    if (isOff(group.gains.shortcut))
        group.shortcut.reset();
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

    // Groups of neighbouring steps, in the order of the steps.
    std::vector<StepGroup> observed() const {
        std::vector<StepGroup> groups;
        for (StepId id = 0; id < m_graph.stepCount(); id = groups.back().result() + 1)
            groups.push_back(groupFrom(m_graph.step(id)));
        return groups;
    }

    std::vector<StepGroup> fused() const {
        const std::vector<bool> needed = neededSteps();
        const auto isNeeded = [&](StepId id) { return needed[std::size_t(id)]; };
        std::vector<StepGroup> fused;
        for (StepGroup group : observed()) {
            const Step& first = m_graph.step(group.step);
            if (first.kind == StepKind::Add && isNeeded(first.id)) {
                appendAddition(fused, first);
            } else if (!fused.empty() && endsWithAddition(fused.back()) &&
                       follows(first, StepKind::ReLU, fused.back().result())) {
                fused.back().relu = first.id;
            } else if (isNeeded(first.id)) {
                if (group.sum)
                    forgetWhatIsOff(group, false);
                fused.push_back(group);
            } else if (group.sum && isNeeded(*group.sum)) {
                appendAddition(fused, m_graph.step(*group.sum));
                fused.back().relu = group.relu;
            }
        }
        return fused;
    }

private:
    // Whether a step reads another's output, and nothing else does.
    bool follows(const Step& step, StepKind kind, StepId input) const {
        return step.kind == kind && step.inputs.front() == input && m_readers[std::size_t(input)] == 1;
    }

    bool endsWithAddition(const StepGroup& group) const {
        return m_graph.step(group.result()).kind == StepKind::Add;
    }

    kernels::Gains gainsOf(const Step& addition) const {
        const UnitEdit& edit = m_edits.of({addition.stage, addition.unit});
        return {edit.mainPathGain, edit.shortcutGain};
    }

    StepGroup groupFrom(const Step& step) const {
        StepGroup group;
        group.step = step.id;
        group.input = step.inputs.front();
        if (step.kind == StepKind::Add) {
            group.shortcut = step.inputs.back();
            group.gains = gainsOf(step);
        } else if (step.kind == StepKind::Convolution) {
            appendFollowers(group);
        }
        return group;
    }

    // The norm, sum and ReLU that stand right after the convolution, if they do.
    void appendFollowers(StepGroup& group) const {
        const auto next = [&](StepKind kind) -> const Step* {
            const StepId id = group.result() + 1;
            return id < m_graph.stepCount() && follows(m_graph.step(id), kind, group.result())
                       ? &m_graph.step(id)
                       : nullptr;
        };
        if (const Step* norm = next(StepKind::BatchNorm))
            group.norm = norm->id;
        if (const Step* sum = next(StepKind::Add))
            join(group, *sum);
        if (const Step* relu = next(StepKind::ReLU))
            group.relu = relu->id;
    }

    void join(StepGroup& group, const Step& addition) const {
        group.sum = addition.id;
        group.shortcut = addition.inputs.back();
        group.gains = gainsOf(addition);
    }

    // Drawn into the convolution that computes F(x), or alone where F(x) is off.
    void appendAddition(std::vector<StepGroup>& fused, const Step& addition) const {
        const auto mainPath = std::ranges::find_if(
            fused, [&](const StepGroup& each) { return each.result() == addition.inputs.front(); });
        const bool joins = !isOff(gainsOf(addition).mainPath) && mainPath != fused.end() && !mainPath->sum &&
                           !mainPath->relu && m_graph.step(mainPath->step).kind == StepKind::Convolution &&
                           follows(addition, StepKind::Add, mainPath->result());
        StepGroup group = joins ? *mainPath : groupFrom(addition);
        if (joins) {
            join(group, addition);
            fused.erase(mainPath);
        }
        forgetWhatIsOff(group, !joins);
        fused.push_back(group);
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

bool readsResult(const StepGroup& reader, const StepGroup& of) {
    return reader.input == of.result() || reader.shortcut == of.result();
}

// Index of the last group that reads the result of group `of`; that of the group itself if none does.
std::size_t lastReader(const std::vector<StepGroup>& groups, std::size_t of) {
    for (std::size_t i = groups.size() - 1; i > of; --i)
        if (readsResult(groups[i], groups[of]))
            return i;
    return of;
}

}  // namespace

Plan planFor(const Graph& graph, const Edits& edits, PassKind kind) {
    const Planner planner(graph, edits);
    return {kind == PassKind::Observed ? planner.observed() : planner.fused(),
            firstDifferentStep(graph, {}, edits)};
}

BufferPlan planBuffers(const Graph& graph, const std::vector<StepGroup>& groups) {
    BufferPlan plan;
    std::vector<std::size_t> busyUntil;  // by buffer: the last group that reads it
    for (std::size_t i = 0; i < groups.size(); ++i) {
        const auto idle = std::ranges::find_if(busyUntil, [&](std::size_t reader) { return reader < i; });
        const std::size_t buffer = std::size_t(idle - busyUntil.begin());
        if (idle == busyUntil.end()) {
            busyUntil.emplace_back();
            plan.bufferSizes.push_back(0);
        }
        busyUntil[buffer] = lastReader(groups, i);
        plan.bufferSizes[buffer] =
            std::max(plan.bufferSizes[buffer], graph.outputShape(groups[i].result()).size());
        plan.bufferOfGroup.push_back(int(buffer));
    }
    return plan;
}

}  // namespace resnet
