#include "core/files/Inflater.h"

#include <algorithm>
#include <array>
#include <limits>
#include <new>
#include <zlib.h>

namespace resnet {

struct Inflater::Stream {
    z_stream state{};
    std::array<char, 64 * 1024> packed;
    int result = Z_OK;                                                        // of the last step
    bool canGoOn() const { return result == Z_OK || result == Z_BUF_ERROR; }  // the latter: it needs more
};

Inflater::Inflater(Source source) : m_source(std::move(source)), m_stream(std::make_unique<Stream>()) {
    if (::inflateInit2(&m_stream->state, -MAX_WBITS) != Z_OK)  // without the header of zlib
        throw std::bad_alloc();
}

Inflater::~Inflater() {
    ::inflateEnd(&m_stream->state);
}

// Unpacks once, to where state.next_out points. False where nothing comes after it.
bool Inflater::step() {
    z_stream& state = m_stream->state;
    if (m_stream->canGoOn() && state.avail_in == 0) {
        state.avail_in = uInt(m_source(m_stream->packed.data(), m_stream->packed.size()));
        state.next_in = reinterpret_cast<Bytef*>(m_stream->packed.data());
        if (state.avail_in == 0)
            return false;
    }
    if (m_stream->canGoOn())
        m_stream->result = ::inflate(&state, Z_NO_FLUSH);
    return m_stream->canGoOn();
}

bool Inflater::take(char* to, std::size_t count) {
    z_stream& state = m_stream->state;
    while (count > 0) {
        const auto room = uInt(std::min<std::size_t>(count, std::numeric_limits<uInt>::max()));
        state.next_out = reinterpret_cast<Bytef*>(to);
        state.avail_out = room;
        const bool goesOn = step();
        const std::size_t got = room - state.avail_out;
        to += got;
        count -= got;
        if (!goesOn)
            break;
    }
    return count == 0;
}

bool Inflater::isAtEnd() {
    char surplus;
    m_stream->state.next_out = reinterpret_cast<Bytef*>(&surplus);
    m_stream->state.avail_out = 1;
    while (step() && m_stream->state.avail_out > 0) {
    }
    return m_stream->state.avail_out > 0 && m_stream->result == Z_STREAM_END &&
           m_stream->state.avail_in == 0 && m_source(&surplus, 1) == 0;
}

}  // namespace resnet
