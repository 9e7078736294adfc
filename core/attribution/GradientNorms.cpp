#include "core/attribution/GradientNorms.h"

#include <cmath>

namespace resnet {

namespace {

double norm(const FeatureMaps& maps) {
    double sum = 0.0;
    for (std::size_t i = 0; i < maps.size(); ++i)
        sum += double(maps.data()[i]) * maps.data()[i];
    return std::sqrt(sum);
}

// Of what is left of `whole` without `gain` times `part`.
double normOfRest(const FeatureMaps& whole, const FeatureMaps& part, double gain) {
    double sum = 0.0;
    for (std::size_t i = 0; i < whole.size(); ++i) {
        const double rest = whole.data()[i] - gain * part.data()[i];
        sum += rest * rest;
    }
    return std::sqrt(sum);
}

UnitGradient around(const Gradients& gradients, const ResidualUnit& unit) {
    const Graph& graph = gradients.run().graph();
    UnitGradient made;
    made.output = norm(*gradients.of(unit.output));
    made.input = norm(*gradients.of(unit.input));
    // Where batch norm and ReLU stand before both ways, x itself is read by them alone.
    if (!unit.hasAddition() || unit.changesX() || graph.forkOf(unit) != unit.input)
        return made;
    const double gain = gradients.run().edits().of(idOf(unit)).shortcutGain;
    const FeatureMaps& sum = *gradients.of(*unit.add);
    made.shortcut = std::abs(gain) * norm(sum);
    made.mainPath = normOfRest(*gradients.of(unit.input), sum, gain);
    return made;
}

}  // namespace

GradientNorms gradientNorms(const Gradients& gradients) {
    GradientNorms made;
    const Graph& graph = gradients.run().graph();
    for (StepId step = inputStep; step < graph.stepCount(); ++step) {
        const FeatureMapsPtr& maps = gradients.of(step);
        made.steps.push_back(maps ? std::optional(norm(*maps)) : std::nullopt);
    }
    for (const ResidualUnit& unit : graph.units())
        made.units.push_back(around(gradients, unit));
    return made;
}

}  // namespace resnet
