#pragma once

#include <cstddef>
#include <vector>

namespace resnet {

// Makes room for `count` numbers, in large pages where that pays: reading weights is mostly the cost of the
// memory they go to.
void allocateValues(std::vector<float>& values, std::size_t count);

}  // namespace resnet
