#include "core/inference/FusedExecutor.h"

#include "core/Error.h"
#include "core/inference/Arena.h"
#include "core/inference/BufferPlan.h"
#include "core/inference/StepRunner.h"

#include <algorithm>
#include <cassert>

namespace resnet {

struct FusedExecutor::Implementation {
    Implementation(std::shared_ptr<const PackedNetwork> of, int batch)
        : packed(std::move(of)),
          arena(packed->options().threads),
          runner(*packed, arena.threads()),
          sweeps(fusedSweeps(packed->graph())),
          plan(planBuffers(packed->graph(), sweeps)),
          sweepOfResult(std::size_t(packed->graph().stepCount()), -1) {
        for (std::size_t i = 0; i < sweeps.size(); ++i)
            sweepOfResult[std::size_t(sweeps[i].result())] = int(i);
        reserve(batch);
    }

    const Graph& graph() const { return packed->graph(); }
    void reserve(int batch);
    void gather(std::span<const FeatureMapsPtr> images);
    MutableMapsView resultOf(std::size_t sweep);
    MapsView outputOf(StepId step, StepId first, const Run* known);
    void run(std::size_t index, StepId first, const Run* known, const std::stop_token& stop);
    void runTail(std::size_t index, StepId first, const Run* known, const std::stop_token& stop);
    RunOutcome runAll(StepId first, const Run* known, const std::stop_token& stop);

    std::shared_ptr<const PackedNetwork> packed;
    Arena arena;
    StepRunner runner;
    std::vector<Sweep> sweeps;
    BufferPlan plan;
    std::vector<int> sweepOfResult;  // by step; -1 where a sweep goes on
    int capacity = 0;                // images that the buffers hold
    int images = 0;                  // of this run
    MapsView input;
    AlignedBuffer memory;     // one piece, so that it lies in few and large pages; all below are parts of it
    float* inputs = nullptr;  // a batch's images side by side
    std::vector<float*> buffers;
    float* scratch = nullptr;
    float* logits = nullptr;
    float* probabilities = nullptr;
};

void FusedExecutor::Implementation::reserve(int batch) {
    if (batch <= capacity)
        return;
    std::size_t total = 0;
    const auto place = [&](std::size_t size) {
        constexpr std::size_t cacheLine = 64 / sizeof(float);
        const std::size_t at = total;
        total += (size + cacheLine - 1) / cacheLine * cacheLine;
        return at;
    };
    const std::size_t count = std::size_t(batch);
    const std::size_t logitsSize = graph().outputShape(graph().logitsStep()).size() * count;
    std::size_t scratchSize = 0;
    for (int of = 1; of <= batch; ++of)  // fewer images may be shared out in another way that takes more
        scratchSize = std::max(scratchSize, packed->scratchSize(of, arena.threads()));
    const std::size_t scratchAt = place(scratchSize);
    std::vector<std::size_t> buffersAt;
    for (const std::size_t size : plan.bufferSizes)
        buffersAt.push_back(place(size * count));
    const std::size_t inputsAt = place(batch > 1 ? graph().outputShape(inputStep).size() * count : 0);
    const std::size_t logitsAt = place(logitsSize);
    const std::size_t probabilitiesAt = place(logitsSize);

    memory = AlignedBuffer(total);
    scratch = memory.data() + scratchAt;
    buffers.clear();
    for (const std::size_t at : buffersAt)
        buffers.push_back(memory.data() + at);
    inputs = memory.data() + inputsAt;
    logits = memory.data() + logitsAt;
    probabilities = memory.data() + probabilitiesAt;
    capacity = batch;
}

void FusedExecutor::Implementation::gather(std::span<const FeatureMapsPtr> of) {
    const FeatureShape& shape = graph().outputShape(inputStep);
    for (const FeatureMapsPtr& image : of)
        if (!image || image->shape() != shape)
            throw Error("input: expected " + shapeText(shape) + ", found " +
                        (image ? shapeText(image->shape()) : "nothing"));
    reserve(int(of.size()));
    images = int(of.size());
    if (images == 1) {
        input = *of.front();
        return;
    }
    for (std::size_t i = 0; i < of.size(); ++i)
        std::copy_n(of[i]->data(), shape.size(), inputs + i * shape.size());
    input = {inputs, shape, images};
}

MutableMapsView FusedExecutor::Implementation::resultOf(std::size_t sweep) {
    const StepId result = sweeps[sweep].result();
    const FeatureShape& shape = graph().outputShape(result);
    if (result == graph().logitsStep())
        return {logits, shape, images};
    if (result == graph().softmaxStep())
        return {probabilities, shape, images};
    return {buffers[std::size_t(plan.bufferOfSweep[sweep])], shape, images};
}

MapsView FusedExecutor::Implementation::outputOf(StepId step, StepId first, const Run* known) {
    if (known && step < first)
        return *known->output(step);
    return step == inputStep ? input : MapsView(resultOf(std::size_t(sweepOfResult[std::size_t(step)])));
}

void FusedExecutor::Implementation::run(std::size_t index, StepId first, const Run* known,
                                        const std::stop_token& stop) {
    const Sweep& sweep = sweeps[index];
    if (sweep.result() < first)
        return;
    if (sweep.step < first)
        return runTail(index, first, known, stop);
    const MapsView in = outputOf(sweep.input, first, known);
    const MapsView shortcut = sweep.shortcut ? outputOf(*sweep.shortcut, first, known) : MapsView();
    const MutableMapsView result = resultOf(index);
    if (sweep.result() == sweep.step) {
        runner.runStep(graph().step(sweep.step), in, shortcut, result, scratch, stop);
        return;
    }
    SweepOutputs outputs;
    (sweep.relu ? outputs.rectified : sweep.sum ? outputs.summed : outputs.normalised) = result;
    runner.runSweep(sweep, in, shortcut, outputs, scratch, stop);
}

// What is left of a sweep that begins before `first`, step by step, in place.
void FusedExecutor::Implementation::runTail(std::size_t index, StepId first, const Run* known,
                                            const std::stop_token& stop) {
    const Sweep& sweep = sweeps[index];
    const MutableMapsView result = resultOf(index);
    MapsView value;
    for (const auto& id : {sweep.norm, sweep.sum, sweep.relu}) {
        if (!id || *id < first)
            continue;
        const Step& step = graph().step(*id);
        const MapsView in = step.inputs.front() < first ? outputOf(step.inputs.front(), first, known) : value;
        const MapsView second =
            step.kind == StepKind::Add ? outputOf(*sweep.shortcut, first, known) : MapsView();
        runner.runStep(step, in, second, result, scratch, stop);
        value = result;
    }
}

RunOutcome FusedExecutor::Implementation::runAll(StepId first, const Run* known,
                                                 const std::stop_token& stop) {
    arena.execute([&] {
        for (std::size_t i = 0; i < sweeps.size() && !stop.stop_requested(); ++i)
            run(i, first, known, stop);
    });
    return stop.stop_requested() ? RunOutcome::Cancelled : RunOutcome::Finished;
}

FusedExecutor::FusedExecutor(std::shared_ptr<const PackedNetwork> packed, int batch)
    : m_implementation(std::make_unique<Implementation>(std::move(packed), batch)) {}
FusedExecutor::~FusedExecutor() = default;
FusedExecutor::FusedExecutor(FusedExecutor&&) noexcept = default;
FusedExecutor& FusedExecutor::operator=(FusedExecutor&&) noexcept = default;

const std::shared_ptr<const PackedNetwork>& FusedExecutor::packed() const {
    return m_implementation->packed;
}

RunOutcome FusedExecutor::run(std::span<const FeatureMapsPtr> images, const std::stop_token& stop) {
    if (images.empty())
        return RunOutcome::Finished;
    m_implementation->gather(images);
    return m_implementation->runAll(0, nullptr, stop);
}

RunOutcome FusedExecutor::runFrom(StepId first, const Run& known, const std::stop_token& stop) {
    m_implementation->images = 1;
    m_implementation->input = *known.input();
    return m_implementation->runAll(first, &known, stop);
}

std::span<const float> FusedExecutor::logits(int image) const {
    assert(image < m_implementation->images);
    const std::size_t classes = std::size_t(m_implementation->graph().spec().classes);
    return {m_implementation->logits + std::size_t(image) * classes, classes};
}

std::span<const float> FusedExecutor::probabilities(int image) const {
    assert(image < m_implementation->images);
    const std::size_t classes = std::size_t(m_implementation->graph().spec().classes);
    return {m_implementation->probabilities + std::size_t(image) * classes, classes};
}

}  // namespace resnet
