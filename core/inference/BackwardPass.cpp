#include "core/inference/BackwardPass.h"

#include "core/ops/Activation.h"
#include "core/ops/Add.h"
#include "core/ops/AveragePool.h"
#include "core/ops/Dense.h"
#include "core/ops/GlobalAveragePool.h"
#include "core/ops/GlobalMaxPool.h"
#include "core/ops/MaxPool.h"
#include "core/ops/Pad.h"
#include "core/ops/Softmax.h"

#include <algorithm>

namespace resnet {

namespace {

MapsView viewOf(const GradientBatch& batch, const FeatureShape& shape) {
    return {batch.maps->data(), shape, batch.count};
}

}  // namespace

BackwardPass::BackwardPass(const Run& run, const BackwardWeights& weights, const Rules& rules, int threads,
                           Memory& memory)
    : m_run(&run),
      m_weights(&weights),
      m_rules(rules),
      m_threads(threads),
      m_memory(&memory),
      m_gradients(std::size_t(run.stepCount()) + 1),
      m_isDone(std::size_t(run.stepCount())) {}

std::shared_ptr<FeatureMaps> BackwardPass::makeMaps(const FeatureShape& shape, int count) const {
    const int rows = shape.height * std::max(count, m_rules.most);
    return std::make_shared<FeatureMaps>(FeatureShape{shape.channels, rows, shape.width}, m_memory->pool);
}

void BackwardPass::begin(StepId step, GradientBatch gradient) {
    slot(step) = std::move(gradient);
}

void BackwardPass::goThrough(const Step& step, const std::stop_token& stop) {
    const GradientBatch gradient = at(step.id);
    if (!gradient.maps || m_isDone[std::size_t(step.id)])
        return;
    if (step.kind == StepKind::Add)
        return throughAddition(step, gradient, stop);
    if (!isWanted(step.inputs.front()))
        return;
    if (step.kind == StepKind::Convolution)
        throughConvolution(step, gradient, stop);
    else
        give(step.inputs.front(), throughOperation(step, gradient, stop), stop);
}

std::optional<BackwardPass::Followers> BackwardPass::followersOf(const Step& convolution,
                                                                 const GradientBatch& gradient) const {
    const StepId input = convolution.inputs.front();
    // The first of the readers is the last on the way back: with it the input's gradient is whole.
    if (gradient.count != 1 || m_rules.countsUnits || m_rules.relu != ReluRule::Derivative ||
        input == inputStep || graph().step(input).kind != StepKind::ReLU ||
        graph().consumersOf(input).front() != convolution.id)
        return {};
    Followers found{input, graph().step(input).inputs.front(), {}};
    if (!isReadOnce(found.beforeRelu) || !isWanted(found.beforeRelu))
        return {};
    const Step& before = graph().step(found.beforeRelu);
    StepId norm = before.id;
    if (before.kind == StepKind::Add) {
        const bool isOne = m_run->edits().of({before.stage, before.unit}).mainPathGain == 1.0f;
        norm = isOne ? before.inputs.front() : inputStep;
    }
    if (isReadOnce(norm) && graph().step(norm).kind == StepKind::BatchNorm &&
        isReadOnce(graph().step(norm).inputs.front()) && isWanted(graph().step(norm).inputs.front()))
        found.norm = norm;
    return found;
}

// With what the input has got already, where it is of the same numbers: then the sum is made on the way.
void BackwardPass::throughConvolution(const Step& step, const GradientBatch& gradient,
                                      const std::stop_token& stop) {
    const ConvolutionBackward& convolution = m_weights->convolution(step.id);
    std::size_t scratch = convolution.scratchSize(gradient.count, m_threads);
    for (int count = 1; count <= m_rules.most; ++count)  // fewer may be shared out in a way that takes more
        scratch = std::max(scratch, convolution.scratchSize(count, m_threads));
    if (m_memory->scratch.size() < scratch)
        m_memory->scratch = AlignedBuffer(scratch);
    const StepId input = step.inputs.front();
    const GradientBatch known = at(input);
    const bool adds = known.maps && known.first == gradient.first && known.count == gradient.count;
    const std::optional<Followers> followers =
        adds || !known.maps ? followersOf(step, gradient) : std::nullopt;
    BackwardResults results;
    results.addend = adds ? known.maps->data() : nullptr;
    const auto place = [&](float*& result) {
        const auto maps = makeMaps(step.input, gradient.count);
        result = maps->data();
        return GradientBatch{gradient.first, gradient.count, maps};
    };
    GradientBatch made;
    if (!followers || m_rules.keepsAll || step.window.stride != 1)
        made = place(results.sum);
    if (followers) {
        results.gate = m_run->output(followers->beforeRelu)->data();
        slot(followers->beforeRelu) = place(results.gated);
        m_isDone[std::size_t(followers->relu)] = true;
        if (followers->norm) {
            results.scale = m_weights->packed()->batchNorm(*followers->norm).scale();
            slot(graph().step(*followers->norm).inputs.front()) = place(results.scaled);
            m_isDone[std::size_t(*followers->norm)] = true;
        }
    }
    convolution.run({gradient.maps->data(), step.output, gradient.count}, results, m_memory->scratch.data(),
                    m_threads, stop);
    if (adds || !known.maps)
        slot(input) = std::move(made);
    else
        give(input, std::move(made), stop);
}

// In place where nobody else has the gradient.
GradientBatch BackwardPass::throughOperation(const Step& step, const GradientBatch& gradient,
                                             const std::stop_token& stop) {
    const bool isCellByCell = step.kind == StepKind::BatchNorm || step.kind == StepKind::ReLU ||
                              step.kind == StepKind::Scale || step.kind == StepKind::Activation;
    constexpr int ours = 2;  // the slot's, and the one that we were called with
    const auto maps = isCellByCell && gradient.maps.use_count() == ours
                          ? gradient.maps
                          : makeMaps(step.input, gradient.count);
    const MapsView from = viewOf(gradient, step.output);
    const MutableMapsView to{maps->data(), step.input, gradient.count};
    const auto input = [&] { return MapsView(*m_run->output(step.inputs.front())); };
    const PoolWindow window{step.window.kernel, step.window.stride, step.window.padTop, step.window.padLeft};
    switch (step.kind) {
        case StepKind::BatchNorm:
        case StepKind::Scale:
            batchNormBackward(from, m_weights->packed()->batchNorm(step.id), to, kernels(), stop);
            break;
        case StepKind::ReLU:
            reluBackward(from, input(), m_rules.relu, to, kernels(), stop);
            break;
        case StepKind::Activation:
            activationBackward(from, input(), step.settings.function, step.settings.slope, to, stop);
            break;
        case StepKind::MaxPool:
            maxPoolBackward(from, input(), window, to, kernels(), stop);
            break;
        case StepKind::AveragePool:
            averagePoolBackward(from, window, step.settings.countsPadding, to, stop);
            break;
        case StepKind::GlobalMaxPool:
            globalMaxPoolBackward(from, input(), to);
            break;
        case StepKind::Padding:
            padBackward(from, {window.stride, window.padTop, window.padLeft, step.settings.channelsBefore},
                        to, stop);
            break;
        case StepKind::GlobalAveragePool:
            globalAveragePoolBackward(from, to);
            break;
        case StepKind::Dense:
            denseBackward(from, m_weights->network().parameter(step.id, "weight").values.data(), to);
            break;
        case StepKind::Softmax:
            softmaxBackward(from, *m_run->output(step.id), to);
            break;
        case StepKind::Convolution:
        case StepKind::Add:
            break;  // have functions of their own
    }
    return {gradient.first, gradient.count, maps};
}

// Both terms get the same gradient, times their gains; a term that is off gets none.
void BackwardPass::throughAddition(const Step& step, const GradientBatch& gradient,
                                   const std::stop_token& stop) {
    const UnitEdit& edit = m_run->edits().of({step.stage, step.unit});
    if (edit.mainPathGain != 0.0f && isWanted(step.inputs.front())) {
        GradientBatch given = times(gradient, step.output, edit.mainPathGain, stop);
        given.first += m_rules.countsUnits ? 1 : 0;
        give(step.inputs.front(), given, stop);
    }
    if (edit.shortcutGain != 0.0f && isWanted(step.inputs.back()))
        give(step.inputs.back(), times(gradient, step.output, edit.shortcutGain, stop), stop);
}

GradientBatch BackwardPass::times(const GradientBatch& gradient, const FeatureShape& shape, float gain,
                                  const std::stop_token& stop) {
    if (gain == 1.0f)
        return gradient;
    const auto maps = makeMaps(shape, gradient.count);
    add(viewOf(gradient, shape), {}, {maps->data(), shape, gradient.count}, kernels(), stop, {gain, 0.0f});
    return {gradient.first, gradient.count, maps};
}

void BackwardPass::give(StepId to, GradientBatch gradient, const std::stop_token& stop) {
    GradientBatch& known = slot(to);
    if (!known.maps) {
        known = std::move(gradient);
        return;
    }
    const FeatureShape& shape = graph().outputShape(to);
    GradientBatch sum{std::min(known.first, gradient.first), 0, nullptr};
    sum.count = std::max(known.last(), gradient.last()) - sum.first;
    const auto maps = makeMaps(shape, sum.count);
    const auto number = [&](const GradientBatch& of, int n) {
        const bool has = n >= of.first && n < of.last();
        return has ? MapsView(of.maps->data() + shape.size() * std::size_t(n - of.first), shape) : MapsView();
    };
    for (int n = sum.first; n < sum.last(); ++n) {
        const MapsView a = number(known, n);
        const MapsView b = number(gradient, n);
        add(a, b, {maps->data() + shape.size() * std::size_t(n - sum.first), shape}, kernels(), stop,
            {a.values ? 1.0f : 0.0f, b.values ? 1.0f : 0.0f});
    }
    sum.maps = maps;
    known = std::move(sum);
}

}  // namespace resnet
