#pragma once

#include "core/explain/ActivationStatistics.h"
#include "ui/activations/UnitTerms.h"
#include "ui/painting/MapImage.h"

namespace resnet::ui {

// What a residual unit does to one channel: x, F(x), their sum and what the ReLU keeps of it, on one scale.
struct UnitLensContent {
    struct Term {
        FeatureMapsPtr maps;  // null while not computed
        StepId step = inputStep;
    };

    std::array<Term, unitTermCount> terms;
    int channel = 0;
    bool hasProjection = false;
    ColorMap colors = ColorMap::Diverging;
    ValueRange scale{-1.0f, 1.0f};
    StepId currentStep = inputStep;
    double cut = 0.0;  // share of the sum's cells below zero
};

// Of a unit with a sum. The scale reaches over the channel in all four terms.
UnitLensContent unitLensContent(const ResidualUnit& unit, int channel, ColorMap colors,
                                const Activations& activations, ActivationStatistics& statistics);

}  // namespace resnet::ui
