#pragma once

#include <hdf5.h>

#include <utility>

namespace resnet::hdf5 {

// An HDF5 identifier and how it is closed.
class Handle {
public:
    using Close = herr_t (*)(hid_t);

    Handle(hid_t id, Close close) : m_id(id), m_close(close) {}
    ~Handle() {
        if (m_id >= 0)
            m_close(m_id);
    }
    Handle(Handle&& other) noexcept : m_id(std::exchange(other.m_id, -1)), m_close(other.m_close) {}
    Handle(const Handle&) = delete;
    Handle& operator=(const Handle&) = delete;

    operator hid_t() const { return m_id; }
    bool isValid() const { return m_id >= 0; }

private:
    hid_t m_id;
    Close m_close;
};

}  // namespace resnet::hdf5
