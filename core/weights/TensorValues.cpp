#include "core/weights/TensorValues.h"

#include <cstdint>
#include <sys/mman.h>

namespace resnet {

void allocateValues(std::vector<float>& values, std::size_t count) {
    constexpr std::uintptr_t largePage = 2 * 1024 * 1024;
    values.clear();
    values.reserve(count);
    const auto begin = (reinterpret_cast<std::uintptr_t>(values.data()) + largePage - 1) & ~(largePage - 1);
    const auto end = reinterpret_cast<std::uintptr_t>(values.data() + count) & ~(largePage - 1);
    if (begin < end)
        ::madvise(reinterpret_cast<void*>(begin), end - begin, MADV_HUGEPAGE);  // advice: may fail
    values.resize(count);
}

}  // namespace resnet
