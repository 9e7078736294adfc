#pragma once

#include "core/weights/NetworkModules.h"

#include <string>
#include <vector>

namespace resnet {

// The modules of one residual unit, before it is known which of its convolutions is which.
struct UnitGroup {
    std::string prefix;                        // of their paths
    std::vector<const NetworkModule*> wide;    // convolutions of 3 x 3
    std::vector<const NetworkModule*> narrow;  // and of 1 x 1
    std::vector<const NetworkModule*> norms;

    std::vector<const NetworkModule*> mainPath;  // in order, once the roles are known
    const NetworkModule* shortcut = nullptr;     // the projection; null without one
};

// Says of each convolution which place in its unit it has. Units whose convolutions have the same names are
// decided alike: by their shapes, by what other units tell of the same names, by numbers in the names, by the
// order of the file if it is that of the network. Returns the problem, empty if all are decided;
// `isAmbiguous` says that it is too many ways and not none. `groups` becomes larger than 1 if the 3 x 3
// convolutions are grouped.
std::string assignRoles(std::vector<UnitGroup>& units, bool isInOrder, bool& isAmbiguous,
                        std::int64_t& groups);

}  // namespace resnet
