#include "core/weights/HeaderText.h"

#include "core/Error.h"

#include <algorithm>
#include <string_view>

namespace resnet {

namespace {
constexpr std::size_t longestToken = std::size_t(16) * 1024 * 1024;
}

void HeaderText::advance() {
    if (++m_position == m_available && m_left > 0)
        fetch();
}

void HeaderText::fetch() {
    m_position = 0;
    m_available = std::size_t(std::min<std::uint64_t>(m_left, m_buffer.size()));
    m_source.take(m_buffer.data(), m_available);
    m_left -= m_available;
    for (std::size_t i = 0; i < m_available; ++i) {
        checkUtf8(std::uint8_t(m_buffer[i]));
        checkTokenLength(m_buffer[i]);
    }
    if (m_left == 0 && m_continuationBytes > 0)
        throw Error(m_source.name() +
                    ": safetensors header: expected UTF-8 text, found a character cut short");
}

// The well-formed byte sequences of the Unicode standard, table 3-7.
void HeaderText::checkUtf8(std::uint8_t byte) {
    const auto refuse = [&] {
        throw Error(m_source.name() + ": safetensors header: expected UTF-8 text, found the byte " +
                    std::to_string(int(byte)));
    };
    if (m_continuationBytes > 0) {
        if (byte < m_continuationLow || byte > m_continuationHigh)
            refuse();
        --m_continuationBytes;
        m_continuationLow = 0x80;
        m_continuationHigh = 0xbf;
        return;
    }
    if (byte < 0x80)
        return;
    if (byte < 0xc2 || byte > 0xf4)
        refuse();
    m_continuationBytes = byte < 0xe0 ? 1 : byte < 0xf0 ? 2 : 3;
    if (byte == 0xe0)
        m_continuationLow = 0xa0;
    else if (byte == 0xed)
        m_continuationHigh = 0x9f;
    else if (byte == 0xf0)
        m_continuationLow = 0x90;
    else if (byte == 0xf4)
        m_continuationHigh = 0x8f;
}

void HeaderText::checkTokenLength(char character) {
    constexpr std::string_view separators = " \t\r\n,:[]{}";
    if (m_escaped) {
        m_escaped = false;
    } else if (m_inString && character == '\\') {
        m_escaped = true;
    } else if (character == '"') {
        m_inString = !m_inString;
        m_tokenLength = 0;
    } else if (!m_inString && separators.find(character) != separators.npos) {
        m_tokenLength = 0;
    }
    if (++m_tokenLength > longestToken)
        throw Error(m_source.name() + ": safetensors header: a single string or number of over 16 MB");
}

}  // namespace resnet
