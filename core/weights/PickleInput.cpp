#include "core/weights/PickleInput.h"

#include "core/Error.h"

namespace resnet {

std::string_view PickleInput::take(std::uint64_t count) {
    if (count > m_bytes.size() - m_position)
        refuse("expected " + std::to_string(count) + " more bytes, found " +
               std::to_string(m_bytes.size() - m_position) + ": it is cut short");
    const std::string_view taken = m_bytes.substr(m_position, std::size_t(count));
    m_position += std::size_t(count);
    return taken;
}

std::string_view PickleInput::takeLine() {
    const std::size_t end = m_bytes.find('\n', m_position);
    if (end == m_bytes.npos)
        refuse("a name without end");
    const std::string_view line = take(end - m_position);
    take(1);
    return line;
}

void PickleInput::refuse(const std::string& problem) const {
    throw Error(m_file + ": pickle, at byte " + std::to_string(m_position) + ": " + problem);
}

}  // namespace resnet
