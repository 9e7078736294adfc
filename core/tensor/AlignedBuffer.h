#pragma once

#include <cstddef>
#include <utility>

namespace resnet {

// Owns floats that begin on a cache line. Large ones ask for huge pages where the system has them.
class AlignedBuffer {
public:
    AlignedBuffer() = default;
    // Contents are indeterminate. Throws std::bad_alloc.
    explicit AlignedBuffer(std::size_t size);
    ~AlignedBuffer();
    AlignedBuffer(AlignedBuffer&& other) noexcept
        : m_values(std::exchange(other.m_values, nullptr)), m_size(std::exchange(other.m_size, 0)) {}
    AlignedBuffer& operator=(AlignedBuffer&& other) noexcept {
        std::swap(m_values, other.m_values);
        std::swap(m_size, other.m_size);
        return *this;
    }

    float* data() { return m_values; }
    const float* data() const { return m_values; }
    std::size_t size() const { return m_size; }

private:
    float* m_values = nullptr;
    std::size_t m_size = 0;
};

}  // namespace resnet
