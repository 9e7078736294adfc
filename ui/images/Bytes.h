#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace resnet::ui {

// Bytes of a file, picked by position. Beyond the end there is nothing: at() gives -1, numbers are 0, parts
// are shorter.
class Bytes {
public:
    Bytes() = default;
    explicit Bytes(std::span<const std::uint8_t> bytes) : m_bytes(bytes) {}

    std::uint64_t size() const { return m_bytes.size(); }
    const std::uint8_t* data() const { return m_bytes.data(); }
    bool has(std::uint64_t position, std::uint64_t count = 1) const {
        return position <= size() && count <= size() - position;
    }
    int at(std::uint64_t position) const { return has(position) ? m_bytes[position] : -1; }

    std::uint32_t big(std::uint64_t position, int bytes) const {
        std::uint32_t number = 0;
        for (int i = 0; i < bytes && has(position, std::uint64_t(bytes)); ++i)
            number = number << 8 | m_bytes[position + std::uint64_t(i)];
        return number;
    }
    std::uint32_t little(std::uint64_t position, int bytes) const {
        std::uint32_t number = 0;
        for (int i = bytes - 1; i >= 0 && has(position, std::uint64_t(bytes)); --i)
            number = number << 8 | m_bytes[position + std::uint64_t(i)];
        return number;
    }

    Bytes from(std::uint64_t position) const { return part(position, size()); }
    Bytes part(std::uint64_t position, std::uint64_t count) const {
        const std::uint64_t begin = position < size() ? position : size();
        return Bytes(m_bytes.subspan(begin, count < size() - begin ? count : size() - begin));
    }
    std::string_view text() const { return {reinterpret_cast<const char*>(m_bytes.data()), m_bytes.size()}; }
    bool startsWith(std::string_view beginning) const { return text().starts_with(beginning); }
    std::span<const std::uint8_t> span() const { return m_bytes; }

private:
    std::span<const std::uint8_t> m_bytes;
};

// Position after a GIF's chain of data blocks, each a length and that many bytes, the last of length 0.
inline std::uint64_t afterGifBlocks(const Bytes& file, std::uint64_t i) {
    while (file.at(i) > 0)
        i += 1 + std::uint64_t(file.at(i));
    return i + 1;
}

}  // namespace resnet::ui
