#include "core/inference/BackwardPass.h"

#include "core/ops/Add.h"
#include "core/ops/Dense.h"
#include "core/ops/GlobalAveragePool.h"
#include "core/ops/MaxPool.h"
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
      m_gradients(std::size_t(run.stepCount()) + 1) {}

std::shared_ptr<FeatureMaps> BackwardPass::makeMaps(const FeatureShape& shape, int count) const {
    return std::make_shared<FeatureMaps>(FeatureShape{shape.channels, shape.height * count, shape.width},
                                         m_memory->pool);
}

void BackwardPass::begin(const GradientTarget& target) {
    const auto maps = makeMaps(graph().outputShape(target.step), 1);
    std::fill_n(maps->data(), maps->size(), 0.0f);
    for (const GradientTarget::Term& term : target.terms)
        maps->at(term.channel, term.cell.y, term.cell.x) += term.factor;
    m_gradients[std::size_t(target.step + 1)] = {0, 1, maps};
}

void BackwardPass::goThrough(const Step& step, const std::stop_token& stop) {
    const GradientBatch gradient = at(step.id);
    if (!gradient.maps)
        return;
    if (step.kind == StepKind::Add)
        return throughAddition(step, gradient, stop);
    if (!isWanted(step.inputs.front()))
        return;
    if (step.kind == StepKind::Convolution)
        m_gradients[std::size_t(step.inputs.front() + 1)] = throughConvolution(step, gradient, stop);
    else
        give(step.inputs.front(), throughOperation(step, gradient, stop), stop);
}

// With what the input has got already, where it is of the same numbers: then the sum is made on the way.
GradientBatch BackwardPass::throughConvolution(const Step& step, const GradientBatch& gradient,
                                               const std::stop_token& stop) {
    const ConvolutionBackward& convolution = m_weights->convolution(step.id);
    const std::size_t scratch = convolution.scratchSize(gradient.count, m_threads);
    if (m_memory->scratch.size() < scratch)
        m_memory->scratch = AlignedBuffer(scratch);
    const GradientBatch known = at(step.inputs.front());
    const bool adds = known.maps && known.first == gradient.first && known.count == gradient.count;
    const auto maps = makeMaps(step.input, gradient.count);
    convolution.run(viewOf(gradient, step.output), adds ? known.maps->data() : nullptr,
                    {maps->data(), step.input, gradient.count}, m_memory->scratch.data(), m_threads, stop);
    const GradientBatch made{gradient.first, gradient.count, maps};
    if (adds || !known.maps)
        return made;
    give(step.inputs.front(), made, stop);
    return at(step.inputs.front());
}

GradientBatch BackwardPass::throughOperation(const Step& step, const GradientBatch& gradient,
                                             const std::stop_token& stop) {
    const auto maps = makeMaps(step.input, gradient.count);
    const MapsView from = viewOf(gradient, step.output);
    const MutableMapsView to{maps->data(), step.input, gradient.count};
    const auto input = [&] { return MapsView(*m_run->output(step.inputs.front())); };
    switch (step.kind) {
        case StepKind::BatchNorm:
            batchNormBackward(from, m_weights->packed()->batchNorm(step.id), to, kernels(), stop);
            break;
        case StepKind::ReLU:
            reluBackward(from, input(), m_rules.relu, to, kernels(), stop);
            break;
        case StepKind::MaxPool:
            maxPoolBackward(from, input(),
                            {step.window.kernel, step.window.stride, step.window.padTop, step.window.padLeft},
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
        GradientBatch given = times(gradient, edit.mainPathGain, stop);
        given.first += m_rules.countsUnits ? 1 : 0;
        give(step.inputs.front(), given, stop);
    }
    if (edit.shortcutGain != 0.0f && isWanted(step.inputs.back()))
        give(step.inputs.back(), times(gradient, edit.shortcutGain, stop), stop);
}

GradientBatch BackwardPass::times(const GradientBatch& gradient, float gain, const std::stop_token& stop) {
    if (gain == 1.0f)
        return gradient;
    const auto maps = makeMaps(gradient.maps->shape(), 1);
    add(*gradient.maps, {}, *maps, kernels(), stop, {gain, 0.0f});
    return {gradient.first, gradient.count, maps};
}

void BackwardPass::give(StepId to, GradientBatch gradient, const std::stop_token& stop) {
    GradientBatch& known = m_gradients[std::size_t(to + 1)];
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
