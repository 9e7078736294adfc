#include "core/attribution/EffectiveField.h"

#include "core/Error.h"
#include "core/network/Initialization.h"

#include <cmath>

namespace resnet {

namespace {

// Mean and standard deviation of places along an axis, each with its weight.
void momentsOf(const std::vector<double>& weights, double total, double& middle, double& deviation) {
    for (std::size_t i = 0; i < weights.size(); ++i)
        middle += weights[i] / total * double(i);
    double variance = 0.0;
    for (std::size_t i = 0; i < weights.size(); ++i)
        variance += weights[i] / total * (double(i) - middle) * (double(i) - middle);
    deviation = std::sqrt(variance);
}

}  // namespace

double EffectiveField::shareInside() const {
    double inside = 0.0;
    for (int y = 0; y < influence.height(); ++y)
        for (int x = 0; x < influence.width(); ++x)
            if (std::abs(y - middleY) <= 2.0 * deviationY && std::abs(x - middleX) <= 2.0 * deviationX)
                inside += influence.at(0, y, x);
    return isNothing() ? 0.0 : inside / total;
}

FieldMeter::FieldMeter(const std::shared_ptr<const PackedNetwork>& packed, const FieldCell& of)
    : m_forward(packed),
      m_backward(packed),
      m_of(of),
      m_sums(packed->graph().outputShape(inputStep).pixels()) {
    cellOf(packed->graph(), of.step, of.channel, of.cell);  // throws
}

bool FieldMeter::add(const Run& run, const std::stop_token& stop) {
    const GradientTarget target = cellOf(run.graph(), m_of.step, m_of.channel, m_of.cell);
    const auto found = m_backward.run(run, target, {ReluRule::Derivative, inputStep, false}, stop);
    if (!found)
        return false;
    const FeatureMaps& gradient = *found->of(inputStep);
    const std::size_t channels = std::size_t(gradient.channels());
    for (std::size_t i = 0; i < gradient.size(); ++i)
        m_sums[i / channels] += std::abs(double(gradient.data()[i]));
    ++m_pictures;
    return true;
}

bool FieldMeter::add(const FeatureMapsPtr& input, const Edits& edits, const std::stop_token& stop) {
    Run run = m_forward.start(input, edits);
    return m_forward.run(run, m_of.step, stop) == RunOutcome::Finished && add(run, stop);
}

EffectiveField FieldMeter::mean() const {
    const FeatureShape& input = m_forward.packed()->graph().outputShape(inputStep);
    EffectiveField made;
    made.pictures = m_pictures;
    made.influence = FeatureMaps({1, input.height, input.width});
    std::vector<double> rows(std::size_t(input.height));
    std::vector<double> columns(std::size_t(input.width));
    for (std::size_t i = 0; i < m_sums.size(); ++i) {
        const double value = m_pictures > 0 ? m_sums[i] / m_pictures : 0.0;
        made.influence.data()[i] = float(value);
        rows[i / std::size_t(input.width)] += value;
        columns[i % std::size_t(input.width)] += value;
        made.total += value;
    }
    if (made.isNothing())
        return made;
    momentsOf(rows, made.total, made.middleY, made.deviationY);
    momentsOf(columns, made.total, made.middleX, made.deviationX);
    return made;
}

std::shared_ptr<const Network> startedAnew(const Network& network, std::uint64_t seed) {
    return std::make_shared<const Network>(network.graph(), initialParameters(network.graph(), seed));
}

int strongestChannel(const Run& run, StepId step, Cell cell) {
    const FeatureMaps& output = *run.output(step);
    int best = 0;
    for (int channel = 1; channel < output.channels(); ++channel)
        if (output.at(channel, cell.y, cell.x) > output.at(best, cell.y, cell.x))
            best = channel;
    return best;
}

std::optional<FieldCell> withStrongestChannel(const std::shared_ptr<const PackedNetwork>& packed,
                                              const FieldCell& of, const FeatureMapsPtr& input,
                                              const Edits& edits, const std::stop_token& stop) {
    Executor executor(packed);
    Run run = executor.start(input, edits);
    if (executor.run(run, of.step, stop) == RunOutcome::Cancelled)
        return std::nullopt;
    return FieldCell{of.step, strongestChannel(run, of.step, of.cell), of.cell};
}

}  // namespace resnet
