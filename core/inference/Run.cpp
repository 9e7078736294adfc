#include "core/inference/Run.h"

#include <algorithm>

namespace resnet {

int Run::computedCount() const {
    return int(std::ranges::count_if(m_outputs, [](const auto& output) { return output != nullptr; }));
}

}  // namespace resnet
