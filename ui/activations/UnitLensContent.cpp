#include "ui/activations/UnitLensContent.h"

#include "ui/activations/MapScale.h"

#include <cmath>
#include <limits>

namespace resnet::ui {
namespace {

double shareBelowZero(const FeatureMaps& maps, int channel) {
    int below = 0;
    int finite = 0;
    for (int y = 0; y < maps.height(); ++y)
        for (int x = 0; x < maps.width(); ++x)
            if (const float value = maps.at(channel, y, x); std::isfinite(value)) {
                below += value < 0.0f;
                ++finite;
            }
    return finite > 0 ? double(below) / finite : std::numeric_limits<double>::quiet_NaN();
}

}  // namespace

UnitLensContent unitLensContent(const ResidualUnit& unit, int channel, ColorMap colors,
                                const Activations& activations, ActivationStatistics& statistics) {
    UnitLensContent content;
    content.channel = channel;
    content.hasProjection = unit.hasProjection();
    content.colors = colors;
    const std::array<StepId, unitTermCount> steps = unitTerms(unit);
    ValueRange range = emptyRange;
    for (std::size_t i = 0; i < content.terms.size(); ++i) {
        content.terms[i].step = steps[i];
        const ActivationStatistics::Entry* entry = statistics.of(activations, steps[i]);
        if (!entry || channel >= entry->maps->channels())
            continue;
        content.terms[i].maps = entry->maps;
        range = united(range, rangeOf(entry->channels[std::size_t(channel)]));
    }
    content.scale = scaleFor(colors, range);
    if (const FeatureMapsPtr& sum = content.terms[2].maps)
        content.cut = shareBelowZero(*sum, channel);
    return content;
}

}  // namespace resnet::ui
