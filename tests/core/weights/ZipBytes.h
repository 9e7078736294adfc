#pragma once

#include <cstdint>
#include <libdeflate.h>
#include <string>
#include <vector>
#include <zlib.h>

namespace resnet {

// Bytes of a zip archive, and what a test may want wrong about them.
struct ZipPart {
    std::string name;
    std::string content;
    std::uint16_t method = 0;
    std::uint16_t flags = 0;
    std::uint32_t claimedSize = 0;        // 0: the true one
    std::uint32_t claimedStoredSize = 0;  // 0: the true one
    std::uint32_t crcError = 0;
    std::string packed = {};  // what stands in the file in place of the content, of method 8
};

// As zlib packs it, without its header.
inline std::string deflated(const std::string& content) {
    z_stream stream{};
    ::deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY);
    std::string packed(::deflateBound(&stream, content.size()), '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(content.data()));  // it is only read
    stream.avail_in = uInt(content.size());
    stream.next_out = reinterpret_cast<Bytef*>(packed.data());
    stream.avail_out = uInt(packed.size());
    ::deflate(&stream, Z_FINISH);
    packed.resize(stream.total_out);
    ::deflateEnd(&stream);
    return packed;
}

inline ZipPart deflatedPart(ZipPart part) {
    part.packed = deflated(part.content);
    part.method = 8;
    return part;
}

template <typename Number>
void appendNumber(std::string& to, Number value) {
    to.append(reinterpret_cast<const char*>(&value), sizeof value);
}

inline std::string zipBytes(const std::vector<ZipPart>& parts) {
    std::string bytes, directory;
    const auto common = [](std::string& to, const ZipPart& part) {
        const auto size = std::uint32_t(part.content.size());
        const auto stored = std::uint32_t(part.packed.empty() ? part.content.size() : part.packed.size());
        appendNumber(to, std::uint16_t(part.flags));
        appendNumber(to, std::uint16_t(part.method));
        appendNumber(to, std::uint32_t(0));  // time and date
        appendNumber(to, ::libdeflate_crc32(0, part.content.data(), part.content.size()) ^ part.crcError);
        appendNumber(to, part.claimedStoredSize ? part.claimedStoredSize : stored);
        appendNumber(to, part.claimedSize ? part.claimedSize : size);
        appendNumber(to, std::uint16_t(part.name.size()));
        appendNumber(to, std::uint16_t(0));
    };
    for (const ZipPart& part : parts) {
        const auto header = std::uint32_t(bytes.size());
        appendNumber(bytes, std::uint32_t(0x04034b50));
        appendNumber(bytes, std::uint16_t(20));
        common(bytes, part);
        bytes += part.name + (part.packed.empty() ? part.content : part.packed);
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
