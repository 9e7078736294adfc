#pragma once

#include "core/files/ByteSource.h"

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace resnet {

struct ZipEntry {
    std::string name;
    std::uint64_t begin = 0;  // position of the content in the file
    std::uint64_t size = 0;
    std::uint32_t crc = 0;
};

// The directory of a zip archive whose entries are stored, not compressed: that is how PyTorch and Keras
// write theirs, and it leaves no room for bombs. Reads ZIP64. Everything in the directory is checked against
// the file and against the entries' own headers.
class ZipArchive {
public:
    // `source` must outlive the archive. Throws Error for what is damaged, encrypted, compressed, overlapping
    // or named twice or out of the archive ("../").
    explicit ZipArchive(const ByteSource& source);

    static bool looksLikeZip(const ByteSource& source);

    const std::vector<ZipEntry>& entries() const { return m_entries; }
    const ZipEntry* find(std::string_view name) const;

    // Hands out the entry's content piece by piece and checks its sum. Throws Error if that is wrong, after
    // all pieces were handed out.
    using Sink = std::function<void(const char* bytes, std::size_t count)>;
    void read(const ZipEntry& entry, const Sink& sink) const;
    // Fills `to` with the entry's content.
    void read(const ZipEntry& entry, char* to) const;
    // The content of a small entry. Throws Error if it is larger than `largest`.
    std::string readText(const ZipEntry& entry, std::uint64_t largest) const;

private:
    void checkSum(const ZipEntry& entry, std::uint32_t crc) const;

    const ByteSource& m_source;
    std::vector<ZipEntry> m_entries;  // by name
};

}  // namespace resnet
