#include "core/inference/BackwardExecutor.h"

#include "core/Error.h"
#include "core/inference/Arena.h"
#include "core/inference/BackwardPass.h"

#include <algorithm>
#include <cmath>

namespace resnet {

namespace {

GradientBatch gradientOfItself(const Graph& graph, const GradientTarget& target) {
    const auto maps = std::make_shared<FeatureMaps>(graph.outputShape(target.step));
    std::fill_n(maps->data(), maps->size(), 0.0f);
    for (const GradientTarget::Term& term : target.terms)
        maps->at(term.channel, term.cell.y, term.cell.x) += term.factor;
    return {0, 1, maps};
}

// Floats of the largest map of a unit.
std::size_t largestOf(const Graph& graph) {
    std::size_t most = 0;
    for (const ResidualUnit& unit : graph.units())
        for (const Step& step : graph.stepsOf(unit))
            most = std::max(most, step.output.size());
    return most;
}

}  // namespace

struct BackwardExecutor::Implementation {
    explicit Implementation(std::shared_ptr<const BackwardWeights> of)
        : opened(std::move(of)), edited(opened), arena(opened->packed()->options().threads) {
        std::size_t size = graph().outputShape(inputStep).size();
        for (const Step& step : graph().steps())
            size += step.output.size();
        memory.pool = std::make_shared<BufferPool>(size);
    }

    const Graph& graph() const { return opened->packed()->graph(); }
    void prepare(const Run& run);
    void check(const Run& run, const GradientTarget& target) const;
    template <class Finished>
    bool goBack(const Run& run, StepId from, const GradientBatch& gradient, const BackwardPass::Rules& rules,
                BackwardPass::Memory& with, const std::stop_token& stop, const Finished& finished);

    std::shared_ptr<const BackwardWeights> opened;
    std::shared_ptr<const BackwardWeights> edited;  // with the weights of `edits`
    Edits edits;
    Arena arena;
    BackwardPass::Memory memory;
};

void BackwardExecutor::Implementation::prepare(const Run& run) {
    if (run.edits() == edits)
        return;
    const auto packed = packedWith(opened->packed(), run.editedNetwork());
    edited = packed == opened->packed() ? opened : std::make_shared<const BackwardWeights>(*opened, packed);
    edits = run.edits();
}

void BackwardExecutor::Implementation::check(const Run& run, const GradientTarget& target) const {
    if (run.network() != opened->packed()->network())
        throw Error("this run is of another network");
    for (StepId step = inputStep; step <= target.step; ++step)
        if (!run.has(step))
            throw Error("the gradient of " + graph().stepName(target.step) +
                        " needs a run that has come to it; " + graph().stepName(step) + " is missing");
    if (!std::isfinite(valueOf(target, run)))
        throw Error(graph().stepName(target.step) +
                    ": expected a finite number to take the gradient of, found " +
                    std::to_string(valueOf(target, run)));
}

// From a step's gradient on; calls finished(step, its gradient) for every step from it to rules.until,
// backwards.
template <class Finished>
bool BackwardExecutor::Implementation::goBack(const Run& run, StepId from, const GradientBatch& gradient,
                                              const BackwardPass::Rules& rules, BackwardPass::Memory& with,
                                              const std::stop_token& stop, const Finished& finished) {
    BackwardPass pass(run, *edited, rules, arena.threads(), with);
    arena.execute([&] {
        pass.begin(from, gradient);
        for (StepId step = from; step >= rules.until && !stop.stop_requested(); --step) {
            finished(step, pass.at(step));
            if (step > rules.until)
                pass.goThrough(graph().step(step), stop);
            pass.forget(step);
        }
    });
    return !stop.stop_requested();
}

BackwardExecutor::BackwardExecutor(std::shared_ptr<const PackedNetwork> packed)
    : BackwardExecutor(std::make_shared<const BackwardWeights>(std::move(packed))) {}
BackwardExecutor::BackwardExecutor(std::shared_ptr<const BackwardWeights> weights)
    : m_implementation(std::make_unique<Implementation>(std::move(weights))) {}
BackwardExecutor::~BackwardExecutor() = default;
BackwardExecutor::BackwardExecutor(BackwardExecutor&&) noexcept = default;
BackwardExecutor& BackwardExecutor::operator=(BackwardExecutor&&) noexcept = default;

const std::shared_ptr<const BackwardWeights>& BackwardExecutor::weights() const {
    return m_implementation->opened;
}

std::optional<Gradients> BackwardExecutor::run(const Run& run, const GradientTarget& target,
                                               const BackwardOptions& options, const std::stop_token& stop) {
    const auto zeros = [&](StepId step) {
        auto maps = std::make_shared<FeatureMaps>(m_implementation->graph().outputShape(step));
        std::fill_n(maps->data(), maps->size(), 0.0f);
        return maps;
    };
    std::vector<FeatureMapsPtr> gradients(std::size_t(run.stepCount()) + 1);
    m_implementation->check(run, target);
    m_implementation->prepare(run);
    const bool done = m_implementation->goBack(
        run, target.step, gradientOfItself(run.graph(), target),
        {options.relu, false, options.until, options.keepsAll}, m_implementation->memory, stop,
        [&](StepId step, const GradientBatch& gradient) {
            if (options.keepsAll || step == options.until)
                gradients[placeOf(step)] = gradient.maps ? gradient.maps : zeros(step);
        });
    if (!done)
        return std::nullopt;
    return Gradients(run, target, std::move(gradients));
}

std::optional<std::vector<FeatureMapsPtr>> BackwardExecutor::runByUnits(const Run& run,
                                                                        const GradientTarget& target,
                                                                        StepId of,
                                                                        const std::stop_token& stop) {
    m_implementation->check(run, target);
    m_implementation->prepare(run);
    const Graph& graph = m_implementation->graph();
    const auto passed = std::ranges::count_if(graph.units(), [&](const ResidualUnit& unit) {
        return unit.add && *unit.add <= target.step && *unit.add > of;
    });
    std::vector<FeatureMapsPtr> parts(std::size_t(passed) + 1);
    // All of them together through the units, one by one through the stem, whose maps are the largest.
    const StepId together = std::min(std::max(of, graph.units().front().input), target.step);
    const FeatureShape& shape = graph.outputShape(together);
    const auto take = [&](StepId step, const GradientBatch& batch) {
        for (int n = 0; step == together && n < batch.count; ++n) {
            const auto part = std::make_shared<FeatureMaps>(shape);
            std::copy_n(batch.maps->data() + shape.size() * std::size_t(n), shape.size(), part->data());
            const auto keep = [&](StepId at, const GradientBatch& gradient) {
                if (at == of)
                    parts.at(std::size_t(batch.first) + std::size_t(n)) = gradient.maps;
            };
            m_implementation->goBack(run, together, {0, 1, part}, {ReluRule::Derivative, false, of, false},
                                     m_implementation->memory, stop, keep);
        }
    };
    // Memory of its own, of one size a shape, and given back afterwards: there are many of each.
    BackwardPass::Memory memory{{}, std::make_shared<BufferPool>(8 * parts.size() * largestOf(graph))};
    if (!m_implementation->goBack(run, target.step, gradientOfItself(graph, target),
                                  {ReluRule::Derivative, true, together, false, int(parts.size())}, memory,
                                  stop, take))
        return std::nullopt;
    return parts;
}

}  // namespace resnet
