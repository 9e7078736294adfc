#pragma once

#include "core/weights/NetworkModules.h"

#include <optional>
#include <string>
#include <vector>

namespace resnet {

// A residual unit by its modules, found by structure and shape.
struct MatchedUnit {
    std::string prefix;                          // of all its modules
    std::vector<const NetworkModule*> mainPath;  // two or three convolutions, in order
    const NetworkModule* shortcut = nullptr;     // the projection; null without one
    std::vector<const NetworkModule*> norms;     // of the main path, in order
    const NetworkModule* shortcutNorm = nullptr;

    std::int64_t inputs() const { return mainPath.front()->inputs(); }
    std::int64_t outputs() const { return mainPath.back()->outputs(); }
};

// What was read as residual units, or why nothing was.
struct UnitMatch {
    std::vector<MatchedUnit> units;           // in order, outputs and inputs fitting each other
    std::vector<const NetworkModule*> loose;  // convolutions and norms outside of units, in order
    bool isPreActivation = false;             // the norms have the channels that their convolutions read
    std::int64_t groups = 1;                  // over 1: the 3 x 3 convolutions are grouped (ResNeXt)
    std::string problem;                      // empty if it is a match
    bool isAmbiguous = false;                 // the problem is that there are several matches
};

// Finds the residual units among modules, which are sorted by path: the largest groups with two 3 x 3
// convolutions and at most one of 1 x 1, or with one of 3 x 3 and two or three of 1 x 1. Shapes say which
// convolution comes first and which is the projection; where they do not, numbers in the names or the order
// of the file do, if it is that of the network (`isInOrder`).
UnitMatch matchUnits(const std::vector<const NetworkModule*>& modules, bool isInOrder);

}  // namespace resnet
