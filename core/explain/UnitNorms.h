#pragma once

#include "core/inference/EngineOptions.h"
#include "core/inference/Run.h"
#include "core/ops/Add.h"

#include <optional>
#include <vector>

namespace resnet {

// Norms of F(x) and of the shortcut's term (x, or for a projection unit what the projection makes of x), each
// as it is added, times its gain, and the angle between them. NaN and infinity are left out; if nothing else
// is there, all figures are NaN.
struct UnitNorms {
    double mainPath = 0.0;   // ||F||
    double shortcut = 0.0;   // ||x||
    double cosine = 0.0;     // of the angle between the two; 0 if one of them is zero
    double belowZero = 0.0;  // share of the cells of F(x) + x below zero, which a ReLU after the sum cuts

    // ||F|| / ||x||; 0 if x is zero.
    double ratio() const { return shortcut == 0.0 ? 0.0 : mainPath / shortcut; }
};

// Of two maps of one shape, times their gains.
UnitNorms unitNormsOf(const FeatureMaps& mainPath, const FeatureMaps& shortcut,
                      const EngineOptions& options = {}, const kernels::Gains& gains = {});

// Nothing for a plain unit, or while one of the terms is not computed.
std::optional<UnitNorms> unitNormsOf(const ResidualUnit& unit, const Run& run,
                                     const EngineOptions& options = {});

}  // namespace resnet
