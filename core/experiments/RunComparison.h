#pragma once

#include "core/inference/Run.h"

#include <optional>
#include <string>
#include <vector>

namespace resnet {

// A step that two runs both have, under one name.
struct StepDifference {
    std::string step;  // "layer3.2.conv1", or "input"
    // ||b - a|| / ||a|| over all values; 0 for equal values, infinite where a is zero or not finite where b
    // is, and where the two have other shapes.
    double relative = 0.0;
    bool haveEqualShapes = true;
};

// Two runs step by step: of two inputs, or of two networks. Networks of different depths are paired by stage
// and unit, as the names of their steps say.
struct RunComparison {
    std::vector<StepDifference> steps;  // the input first, then in the order of a
    std::vector<std::string> onlyInA;   // steps without a partner
    std::vector<std::string> onlyInB;

    // The first step that differs by more than the tolerance; null if none does.
    const StepDifference* first(double tolerance) const;
    double largest() const;
};

// What both have computed is compared. Sums are in double precision, in the order of memory.
RunComparison compared(const Run& a, const Run& b);

// ||b - a|| / ||a||, as above.
double relativeDifference(const FeatureMaps& a, const FeatureMaps& b);

}  // namespace resnet
