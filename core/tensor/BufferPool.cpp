#include "core/tensor/BufferPool.h"

#include <new>

namespace resnet {

AlignedBuffer BufferPool::take(std::size_t size) {
    {
        const std::scoped_lock lock(m_mutex);
        if (const auto found = m_buffers.find(size); found != m_buffers.end()) {
            AlignedBuffer buffer = std::move(found->second);
            m_buffers.erase(found);
            m_kept -= size;
            return buffer;
        }
    }
    return AlignedBuffer(size);
}

void BufferPool::giveBack(AlignedBuffer buffer) noexcept {
    const std::scoped_lock lock(m_mutex);
    const std::size_t size = buffer.size();
    if (size == 0 || m_kept + size > m_capacity)
        return;
    try {
        m_buffers.emplace(size, std::move(buffer));
        m_kept += size;
    } catch (const std::bad_alloc&) {
        // Then it is simply freed.
    }
}

std::size_t BufferPool::kept() const {
    const std::scoped_lock lock(m_mutex);
    return m_kept;
}

}  // namespace resnet
