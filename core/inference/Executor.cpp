#include "core/inference/Executor.h"

#include "core/Error.h"
#include "core/inference/Arena.h"
#include "core/inference/Plan.h"
#include "core/inference/StepRunner.h"
#include "core/tensor/BufferPool.h"

#include <chrono>

namespace resnet {

namespace {

// Floats in all outputs of a pass: what a finished pass can hand to the next one.
std::size_t outputSize(const Graph& graph) {
    std::size_t size = 0;
    for (const Step& step : graph.steps())
        size += step.output.size();
    return size;
}

}  // namespace

struct Executor::Implementation {
    Implementation(std::shared_ptr<const PackedNetwork> of, int threads)
        : opened(std::move(of)),
          edited(opened),
          arena(threads),
          scratch(opened->scratchSize(1, arena.threads())),
          pool(std::make_shared<BufferPool>(outputSize(opened->graph()))) {
        plan();
    }

    using Outputs = std::vector<std::shared_ptr<FeatureMaps>>;
    void prepare(const Run& run);
    void plan();
    Outputs compute(const Run& known, StepId first, StepId last, const std::stop_token& stop);
    void runConvolution(const Run& known, const StepGroup& group, const Outputs& outputs,
                        const std::stop_token& stop);

    std::shared_ptr<const PackedNetwork> opened;
    std::shared_ptr<const PackedNetwork> edited;  // with the weights of `edits`
    Edits edits;
    Arena arena;
    AlignedBuffer scratch;
    std::shared_ptr<BufferPool> pool;
    std::vector<StepGroup> groupOfStep;
};

// Gets ready for a run's edits.
void Executor::Implementation::prepare(const Run& run) {
    if (run.network() != opened->network())
        throw Error("this run is of another network");
    if (!run.input())
        throw Error("this run has no input");
    if (run.edits() == edits)
        return;
    edited = packedWith(opened, run.editedNetwork());
    edits = run.edits();
    plan();
}

void Executor::Implementation::plan() {
    groupOfStep.clear();
    for (const StepGroup& group : planFor(opened->graph(), edits, PassKind::Observed).groups)
        groupOfStep.resize(std::size_t(group.result()) + 1, group);
}

void Executor::Implementation::runConvolution(const Run& known, const StepGroup& group,
                                              const Outputs& outputs, const std::stop_token& stop) {
    const auto kept = [&](std::optional<StepId> step) {
        const std::size_t index = step ? std::size_t(*step - group.step) : outputs.size();
        return index < outputs.size() ? MutableMapsView(*outputs[index]) : MutableMapsView();
    };
    StepRunner(*edited, arena.threads())
        .runGroup(group, *known.output(group.input),
                  group.shortcut ? MapsView(*known.output(*group.shortcut)) : MapsView(),
                  {kept(group.step), kept(group.norm), kept(group.sum), kept(group.relu)}, scratch.data(),
                  stop);
}

// The outputs of `first` and, where it begins a group, of the steps of the group up to `last` that are
// missing.
Executor::Implementation::Outputs Executor::Implementation::compute(const Run& known, StepId first,
                                                                    StepId last,
                                                                    const std::stop_token& stop) {
    const Graph& graph = opened->graph();
    const StepGroup& group = groupOfStep.at(std::size_t(first));
    Outputs outputs;
    for (StepId id = first; id <= std::min(group.result(), last) && !known.has(id); ++id) {
        outputs.push_back(std::make_shared<FeatureMaps>(graph.step(id).output, pool));
        if (group.step != first)
            break;
    }
    arena.execute([&] {
        const Step& step = graph.step(first);
        if (step.kind == StepKind::Convolution)
            return runConvolution(known, group, outputs, stop);
        StepRunner(*edited, arena.threads())
            .runStep(step, *known.output(step.inputs.front()), *known.output(step.inputs.back()), group.gains,
                     *outputs.front(), scratch.data(), stop);
    });
    return outputs;
}

Executor::Executor(std::shared_ptr<const Network> network, int threads)
    : Executor(std::make_shared<PackedNetwork>(std::move(network), EngineOptions{threads, {}, {}})) {}
Executor::Executor(std::shared_ptr<const PackedNetwork> packed) {
    const int threads = packed->options().threads;
    m_implementation = std::make_unique<Implementation>(std::move(packed), threads);
}
Executor::~Executor() = default;
Executor::Executor(Executor&&) noexcept = default;
Executor& Executor::operator=(Executor&&) noexcept = default;

const std::shared_ptr<const Network>& Executor::network() const {
    return m_implementation->opened->network();
}

const std::shared_ptr<const PackedNetwork>& Executor::packed() const {
    return m_implementation->opened;
}

int Executor::threads() const {
    return m_implementation->arena.threads();
}

Run Executor::start(FeatureMapsPtr input, const Edits& edits) const {
    if (!input)
        throw Error("input: expected " + shapeText(network()->graph().outputShape(inputStep)) +
                    ", found nothing");
    return Run(network(), std::move(input), edits);
}

RunOutcome Executor::run(Run& run, StepId last, const std::stop_token& stop, const StepObserver& observer) {
    using Clock = std::chrono::steady_clock;
    m_implementation->prepare(run);
    for (StepId id = 0; id <= last; ++id) {
        if (run.has(id))
            continue;
        if (stop.stop_requested())
            return RunOutcome::Cancelled;
        const auto began = Clock::now();
        const Implementation::Outputs outputs = m_implementation->compute(run, id, last, stop);
        if (stop.stop_requested())
            return RunOutcome::Cancelled;
        double milliseconds = std::chrono::duration<double, std::milli>(Clock::now() - began).count();
        for (std::size_t i = 0; i < outputs.size(); ++i, milliseconds = 0.0) {
            const StepId step = id + StepId(i);
            run = std::move(run).withOutput(step, outputs[i], milliseconds);
            if (observer)
                observer({step, outputs[i], milliseconds});
        }
    }
    return RunOutcome::Finished;
}

}  // namespace resnet
