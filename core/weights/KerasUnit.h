#pragma once

#include "core/weights/KerasLayers.h"

#include <string>
#include <vector>

namespace resnet {

// A residual unit that is a layer of its own in a Keras file, told from the variables inside of it: the
// convolutions of its main path in order, that of its shortcut if it has one, and the batch norm of each.
struct KerasUnitLayers {
    struct Pair {
        KerasLayer convolution;
        KerasLayer norm;
    };
    std::vector<Pair> mainPath;   // 3x3, 3x3, or 1x1, 3x3, 1x1
    std::vector<Pair> shortcut;   // none, or 1x1
    bool isOrderGuessed = false;  // names and not the file or shapes tell which convolution is first

    // Whether a configuration's number of feature maps is that of a convolution; so if it gives none.
    bool isConfiguredBy(const std::vector<double>& filters) const;
};

// `variables` in the order of the file where `inOrder`; the layers refer to them. Empty if they are not those
// of such a unit.
KerasUnitLayers unitInside(const std::vector<KerasVariable>& variables, bool inOrder);

}  // namespace resnet
