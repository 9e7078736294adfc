#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

namespace resnet {

// The bytes of a pickle, taken from front to back. Every function but refuse() throws Error if they end.
class PickleInput {
public:
    PickleInput(std::string_view bytes, const std::string& file) : m_bytes(bytes), m_file(file) {}

    std::string_view take(std::uint64_t count);
    // Up to a line feed, which is taken, too.
    std::string_view takeLine();
    // Little-endian.
    template <typename Number>
    Number takeNumber() {
        Number result{};
        std::memcpy(&result, take(sizeof result).data(), sizeof result);
        return result;
    }
    std::size_t position() const { return m_position; }

    // Throws Error that names the file and the position.
    [[noreturn]] void refuse(const std::string& problem) const;

private:
    std::string_view m_bytes;
    const std::string& m_file;
    std::size_t m_position = 0;
};

}  // namespace resnet
