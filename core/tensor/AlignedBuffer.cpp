#include "core/tensor/AlignedBuffer.h"

#include "core/tensor/CacheLine.h"

#include <limits>
#include <new>

#if defined(__linux__)
#include <sys/mman.h>
#endif

namespace resnet {

namespace {

constexpr std::size_t hugePage = std::size_t(2) << 20;  // of x86-64

std::align_val_t alignment(std::size_t bytes) {
    return std::align_val_t(bytes >= hugePage ? hugePage : cacheLineBytes);
}

}  // namespace

AlignedBuffer::AlignedBuffer(std::size_t size) : m_size(size) {
    if (size > std::numeric_limits<std::size_t>::max() / sizeof(float))
        throw std::bad_array_new_length();
    const std::size_t bytes = size * sizeof(float);
    m_values = static_cast<float*>(::operator new(bytes, alignment(bytes)));
#if defined(__linux__)
    // Fewer page faults when filled, fewer address look-ups when streamed. Only advice: failure is no error.
    if (bytes >= hugePage)
        madvise(m_values, bytes / hugePage * hugePage, MADV_HUGEPAGE);
#endif
}

AlignedBuffer::~AlignedBuffer() {
    if (m_values)
        ::operator delete(m_values, alignment(m_size * sizeof(float)));
}

}  // namespace resnet
