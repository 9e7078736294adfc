#pragma once

#include "core/tensor/AlignedBuffer.h"

#include <map>
#include <mutex>

namespace resnet {

// Keeps buffers that are no longer used for the next taker of the same size: fresh memory costs a page fault
// every 4 KiB, which is as much as computing what goes into it. Safe to use from several threads.
class BufferPool {
public:
    // Keeps at most `capacity` floats; what comes back beyond is freed.
    explicit BufferPool(std::size_t capacity) : m_capacity(capacity) {}

    AlignedBuffer take(std::size_t size);
    void giveBack(AlignedBuffer buffer) noexcept;

    // Floats kept for reuse at the moment.
    std::size_t kept() const;

private:
    const std::size_t m_capacity;
    mutable std::mutex m_mutex;
    std::size_t m_kept = 0;
    std::multimap<std::size_t, AlignedBuffer> m_buffers;  // by size
};

}  // namespace resnet
