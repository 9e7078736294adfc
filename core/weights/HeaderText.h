#pragma once

#include "core/files/ByteSource.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <string>

namespace resnet {

// Characters of a safetensors header as a JSON parser consumes them, fetched piece by piece, so that a header
// of 100 MB costs no memory. Throws Error for text that is not UTF-8 and for a single string or number of
// over 16 MB.
class HeaderText {
public:
    // The next `length` bytes of the source.
    HeaderText(SequentialSource& source, std::uint64_t length) : m_source(source), m_left(length) { fetch(); }

    bool atEnd() const { return m_position == m_available; }
    char current() const { return m_buffer[m_position]; }
    void advance();

    class Iterator {
    public:
        using iterator_category = std::input_iterator_tag;
        using value_type = char;
        using difference_type = std::ptrdiff_t;
        using pointer = const char*;
        using reference = char;

        explicit Iterator(HeaderText* text = nullptr) : m_text(text) {}
        char operator*() const { return m_text->current(); }
        Iterator& operator++() {
            m_text->advance();
            return *this;
        }
        // All iterators of a text are equal but for being at its end or not.
        bool operator==(const Iterator& other) const { return isEnd() == other.isEnd(); }

    private:
        bool isEnd() const { return m_text == nullptr || m_text->atEnd(); }
        HeaderText* m_text;
    };

private:
    void fetch();
    void checkUtf8(std::uint8_t byte);
    void checkTokenLength(char character);

    SequentialSource& m_source;
    std::uint64_t m_left;
    std::array<char, std::size_t(16) * 1024> m_buffer{};
    std::size_t m_position = 0;
    std::size_t m_available = 0;

    int m_continuationBytes = 0;  // still to come of a UTF-8 sequence
    std::uint8_t m_continuationLow = 0x80;
    std::uint8_t m_continuationHigh = 0xbf;

    std::size_t m_tokenLength = 0;
    bool m_inString = false;
    bool m_escaped = false;
};

}  // namespace resnet
