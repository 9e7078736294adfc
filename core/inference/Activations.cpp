#include "core/inference/Activations.h"

#include <algorithm>

namespace resnet {

int Activations::computedCount() const {
    return int(std::ranges::count_if(m_outputs, [](const auto& output) { return output != nullptr; }));
}

}  // namespace resnet
