#include "core/inference/FusedExecutor.h"

#include "core/Error.h"
#include "core/inference/Arena.h"
#include "core/inference/Plan.h"
#include "core/inference/StepRunner.h"
#include "core/tensor/CacheLine.h"

#include <algorithm>
#include <cassert>
#include <string>
#include <utility>

namespace resnet {

struct FusedExecutor::Implementation {
    Implementation(std::shared_ptr<const PackedNetwork> of, int batch)
        : opened(std::move(of)), edited(opened), arena(opened->options().threads) {
        plan();
        reserve(batch);
    }

    const Graph& graph() const { return opened->graph(); }
    void prepare(const Run& run);
    void plan();
    void reserve(int batch);
    void gather(std::span<const FeatureMapsPtr> images);
    MutableMapsView resultOf(std::size_t group);
    MapsView outputOf(StepId step);
    void run(std::size_t index, const std::stop_token& stop);
    void runStepByStep(std::size_t index, const std::stop_token& stop);
    void begin(const BatchOutput& from);
    void requireSteps(StepId of, const Exchange& by) const;
    RunOutcome runAll(const std::stop_token& stop, StepId last);
    RunOutcome runAll(const std::stop_token& stop) { return runAll(stop, graph().softmaxStep()); }
    void takeScores();

    std::shared_ptr<const PackedNetwork> opened;
    std::shared_ptr<const PackedNetwork> edited;  // with the weights of `edits`
    Edits edits;
    Arena arena;
    std::vector<StepGroup> groups;
    BufferPlan buffersOf;
    std::vector<int> groupOfResult;  // by step; -1 inside a group and where nothing is computed

    // Of this run: the step that it begins with, and where the outputs before it are.
    StepId first = 0;
    const Run* known = nullptr;
    const Exchange* exchange = nullptr;
    BatchOutput source;  // the images of a batch, or what stands for them
    int images = 0;

    int capacity = 0;         // images that the buffers hold
    AlignedBuffer memory;     // one piece, so that it lies in few and large pages; all below are parts of it
    float* inputs = nullptr;  // a batch's images side by side
    std::vector<float*> buffers;
    float* scratch = nullptr;
    float* logits = nullptr;
    float* probabilities = nullptr;
};

void FusedExecutor::Implementation::prepare(const Run& run) {
    if (run.network() != opened->network())
        throw Error("this run is of another network");
    if (run.edits() == edits)
        return;
    edited = packedWith(opened, run.editedNetwork());
    edits = run.edits();
    plan();
    reserve(std::exchange(capacity, 0));
}

void FusedExecutor::Implementation::plan() {
    groups = planFor(graph(), edits, PassKind::Fused).groups;
    buffersOf = planBuffers(graph(), groups);
    groupOfResult.assign(std::size_t(graph().stepCount()), -1);
    for (std::size_t i = 0; i < groups.size(); ++i)
        groupOfResult[std::size_t(groups[i].result())] = int(i);
}

void FusedExecutor::Implementation::reserve(int batch) {
    if (batch <= capacity)
        return;
    std::size_t total = 0;
    const auto place = [&](std::size_t size) {
        const std::size_t at = total;
        total += wholeCacheLines(size);
        return at;
    };
    const std::size_t count = std::size_t(batch);
    const std::size_t logitsSize = graph().outputShape(graph().logitsStep()).size() * count;
    std::size_t scratchSize = 0;
    for (int of = 1; of <= batch; ++of)  // fewer images may be shared out in another way that takes more
        scratchSize = std::max(scratchSize, opened->scratchSize(of, arena.threads()));
    const std::size_t scratchAt = place(scratchSize);
    std::vector<std::size_t> buffersAt;
    for (const std::size_t size : buffersOf.bufferSizes)
        buffersAt.push_back(place(size * count));
    const std::size_t inputsAt = place(batch > 1 ? graph().outputShape(inputStep).size() * count : 0);
    const std::size_t logitsAt = place(logitsSize);
    const std::size_t probabilitiesAt = place(logitsSize);

    if (memory.size() < total)
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
        source = {inputStep, *of.front()};
        return;
    }
    for (std::size_t i = 0; i < of.size(); ++i)
        std::copy_n(of[i]->data(), shape.size(), inputs + i * shape.size());
    source = {inputStep, {inputs, shape, images}};
}

MutableMapsView FusedExecutor::Implementation::resultOf(std::size_t group) {
    const StepId result = groups[group].result();
    const FeatureShape& shape = graph().outputShape(result);
    if (result == graph().logitsStep())
        return {logits, shape, images};
    if (result == graph().softmaxStep())
        return {probabilities, shape, images};
    return {buffers[std::size_t(buffersOf.bufferOfGroup[group])], shape, images};
}

MapsView FusedExecutor::Implementation::outputOf(StepId step) {
    if (exchange && exchange->output && step == exchange->step)
        return *exchange->output;
    if (known && step < first && known->has(step))
        return *known->output(step);
    if (step == source.step)
        return source.maps;
    const int group = step < first ? -1 : groupOfResult[std::size_t(step)];
    if (group < 0)
        throw Error(graph().stepName(step) + ": expected an output to go on from, found none");
    return resultOf(std::size_t(group));
}

void FusedExecutor::Implementation::run(std::size_t index, const std::stop_token& stop) {
    const StepGroup& group = groups[index];
    if (group.result() < first)
        return;
    if (group.step < first || group.result() == group.step ||
        graph().step(group.step).kind != StepKind::Convolution)
        return runStepByStep(index, stop);
    GroupOutputs outputs;
    (group.relu ? outputs.rectified : group.sum ? outputs.summed : outputs.normalised) = resultOf(index);
    StepRunner(*edited, arena.threads())
        .runGroup(group, outputOf(group.input), group.shortcut ? outputOf(*group.shortcut) : MapsView(),
                  outputs, scratch, stop);
}

// What is left of a group from `first` on, in place.
void FusedExecutor::Implementation::runStepByStep(std::size_t index, const std::stop_token& stop) {
    const StepGroup& group = groups[index];
    const MutableMapsView result = resultOf(index);
    std::optional<MapsView> value;
    for (const std::optional<StepId> id : {std::optional(group.step), group.norm, group.sum, group.relu}) {
        if (!id || *id < first)
            continue;
        const Step& step = graph().step(*id);
        const MapsView in = value ? *value : outputOf(*id == group.step ? group.input : step.inputs.front());
        const MapsView second =
            step.kind == StepKind::Add && group.shortcut ? outputOf(*group.shortcut) : MapsView();
        StepRunner(*edited, arena.threads()).runStep(step, in, second, group.gains, result, scratch, stop);
        value = result;
    }
}

RunOutcome FusedExecutor::Implementation::runAll(const std::stop_token& stop, StepId last) {
    arena.execute([&] {
        for (std::size_t i = 0; i < groups.size() && !stop.stop_requested(); ++i)
            if (groups[i].result() <= last)
                run(i, stop);
    });
    return stop.stop_requested() ? RunOutcome::Cancelled : RunOutcome::Finished;
}

// Of a batch, with what is known of it.
void FusedExecutor::Implementation::begin(const BatchOutput& from) {
    const FeatureShape& shape = graph().outputShape(from.step);
    if (from.maps.shape != shape || from.maps.images < 1)
        throw Error(graph().stepName(from.step) + ": expected " + shapeText(shape) + ", found " +
                    shapeText(from.maps.shape));
    reserve(from.maps.images);
    images = from.maps.images;
    source = from;
    first = from.step + 1;
    known = nullptr;
    exchange = nullptr;
}

void FusedExecutor::Implementation::requireSteps(StepId of, const Exchange& by) const {
    const int count = graph().stepCount();
    if (of < 0 || of > count)
        throw Error("first step to compute: expected 0 to " + std::to_string(count) + ", found " +
                    std::to_string(of));
    if (!by.output)
        return;
    if (by.step < inputStep || by.step >= count)
        throw Error("step exchanged: expected " + std::to_string(inputStep) + " to " +
                    std::to_string(count - 1) + ", found " + std::to_string(by.step));
    const FeatureShape& shape = graph().outputShape(by.step);
    if (by.output->shape() != shape)
        throw Error(graph().stepName(by.step) + ": expected " + shapeText(shape) + ", found " +
                    shapeText(by.output->shape()));
}

// Those that are known already.
void FusedExecutor::Implementation::takeScores() {
    const auto take = [&](StepId step, float* to) {
        const MapsView scores = step < first ? outputOf(step) : MapsView();
        std::copy_n(scores.values, scores.size(), to);
    };
    take(graph().logitsStep(), logits);
    take(graph().softmaxStep(), probabilities);
}

FusedExecutor::FusedExecutor(std::shared_ptr<const PackedNetwork> packed, int batch)
    : m_implementation(std::make_unique<Implementation>(std::move(packed), batch)) {}
FusedExecutor::~FusedExecutor() = default;
FusedExecutor::FusedExecutor(FusedExecutor&&) noexcept = default;
FusedExecutor& FusedExecutor::operator=(FusedExecutor&&) noexcept = default;

const std::shared_ptr<const PackedNetwork>& FusedExecutor::packed() const {
    return m_implementation->opened;
}

RunOutcome FusedExecutor::run(std::span<const FeatureMapsPtr> images, const std::stop_token& stop) {
    return run(images, Edits(), stop);
}

RunOutcome FusedExecutor::run(std::span<const FeatureMapsPtr> images, const Edits& edits,
                              const std::stop_token& stop) {
    if (images.empty())
        return RunOutcome::Finished;
    if (edits != m_implementation->edits)
        m_implementation->prepare(Run(packed()->network(), nullptr, edits));
    m_implementation->gather(images);
    m_implementation->first = 0;
    m_implementation->known = nullptr;
    m_implementation->exchange = nullptr;
    return m_implementation->runAll(stop);
}

RunOutcome FusedExecutor::finish(const Run& run, const std::stop_token& stop) {
    return runFrom(run.firstMissing(), run, stop);
}

RunOutcome FusedExecutor::runFrom(StepId first, const Run& known, const Exchange& exchange,
                                  const std::stop_token& stop) {
    m_implementation->prepare(known);
    if (!known.input())
        throw Error("this run has no input");
    m_implementation->requireSteps(first, exchange);
    m_implementation->images = 1;
    m_implementation->source = {inputStep, *known.input()};
    m_implementation->first = first;
    m_implementation->known = &known;
    m_implementation->exchange = &exchange;
    m_implementation->takeScores();
    return m_implementation->runAll(stop);
}

RunOutcome FusedExecutor::runBatchFrom(const BatchOutput& from, const Edits& edits,
                                       const std::stop_token& stop) {
    if (edits != m_implementation->edits)
        m_implementation->prepare(Run(packed()->network(), nullptr, edits));
    m_implementation->begin(from);
    return m_implementation->runAll(stop);
}

RunOutcome FusedExecutor::runBatchTo(StepId last, const BatchOutput& from, MapsView& output,
                                     const std::stop_token& stop) {
    if (!m_implementation->edits.isEmpty())
        m_implementation->prepare(Run(packed()->network()));
    m_implementation->begin(from);
    const RunOutcome outcome = m_implementation->runAll(stop, last);
    if (outcome == RunOutcome::Finished)
        output = m_implementation->outputOf(last);
    return outcome;
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
