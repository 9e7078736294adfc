#pragma once

#include "core/files/Crc32.h"

#include <cstdint>
#include <string>
#include <vector>

namespace resnet {

// Bytes of a zip archive with stored entries, and what a test may want wrong about them.
struct ZipPart {
    std::string name;
    std::string content;
    std::uint16_t method = 0;
    std::uint16_t flags = 0;
    std::uint32_t claimedSize = 0;        // 0: the true one
    std::uint32_t claimedStoredSize = 0;  // 0: the true one
    std::uint32_t crcError = 0;
};

template <typename Number>
void appendNumber(std::string& to, Number value) {
    to.append(reinterpret_cast<const char*>(&value), sizeof value);
}

inline std::string zipBytes(const std::vector<ZipPart>& parts) {
    std::string bytes, directory;
    const auto common = [](std::string& to, const ZipPart& part) {
        const auto size = std::uint32_t(part.content.size());
        appendNumber(to, std::uint16_t(part.flags));
        appendNumber(to, std::uint16_t(part.method));
        appendNumber(to, std::uint32_t(0));  // time and date
        appendNumber(to, crc32(0, part.content.data(), part.content.size()) ^ part.crcError);
        appendNumber(to, part.claimedStoredSize ? part.claimedStoredSize : size);
        appendNumber(to, part.claimedSize ? part.claimedSize : size);
        appendNumber(to, std::uint16_t(part.name.size()));
        appendNumber(to, std::uint16_t(0));
    };
    for (const ZipPart& part : parts) {
        const auto header = std::uint32_t(bytes.size());
        appendNumber(bytes, std::uint32_t(0x04034b50));
        appendNumber(bytes, std::uint16_t(20));
        common(bytes, part);
        bytes += part.name + part.content;
        appendNumber(directory, std::uint32_t(0x02014b50));
        appendNumber(directory, std::uint32_t(20 | 20 << 16));
        common(directory, part);
        directory += std::string(10, '\0');  // comment, disk, attributes
        appendNumber(directory, header);
        directory += part.name;
    }
    const auto start = std::uint32_t(bytes.size());
    bytes += directory;
    appendNumber(bytes, std::uint32_t(0x06054b50));
    appendNumber(bytes, std::uint32_t(0));
    appendNumber(bytes, std::uint16_t(parts.size()));
    appendNumber(bytes, std::uint16_t(parts.size()));
    appendNumber(bytes, std::uint32_t(directory.size()));
    appendNumber(bytes, start);
    appendNumber(bytes, std::uint16_t(0));
    return bytes;
}

}  // namespace resnet
