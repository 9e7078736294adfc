#pragma once

#include "core/files/ByteSource.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace resnet {

struct ZipEntry {
    std::string name;
    std::uint64_t begin = 0;       // position of what is stored of it in the file
    std::uint64_t storedSize = 0;  // smaller than `size` if it is compressed
    std::uint64_t size = 0;
    std::uint32_t crc = 0;
    bool isDeflated = false;
};

// An entry as a part of an open file, for a process of our own to read.
struct ZipEntryFile {
    std::unique_ptr<ByteSource> unpacked;  // null if it is stored in the archive as it is
    const ByteSource* file = nullptr;
    std::uint64_t begin = 0;
    std::uint64_t size = 0;
};

// The directory of a zip archive. Its entries are stored, as PyTorch and Keras write theirs, or deflated, as
// other programs do; all together may unpack to 100 times the file and 16 MB, which leaves no room for bombs.
// Reads ZIP64. Everything in the directory is checked against the file and against the entries' own headers.
class ZipArchive {
public:
    // `source` must outlive the archive. Throws Error for what is damaged, encrypted, compressed in
    // another way or too much, overlapping, or named twice or out of the archive ("../").
    explicit ZipArchive(const ByteSource& source);

    static bool looksLikeZip(const ByteSource& source);

    const std::vector<ZipEntry>& entries() const { return m_entries; }
    const ZipEntry* find(std::string_view name) const;

    // Hands out the entry's content piece by piece and checks its sum. Throws Error if that is wrong, after
    // all pieces were handed out.
    void read(const ZipEntry& entry, const ByteSink& sink) const;
    // Fills `to` with the entry's content.
    void read(const ZipEntry& entry, char* to) const;
    // The content of a small entry. Throws Error if it is larger than `largest`.
    std::string readText(const ZipEntry& entry, std::uint64_t largest) const;
    // Checks the entry's sum. A compressed one is unpacked into a file without a name.
    ZipEntryFile openEntry(const ZipEntry& entry) const;

private:
    const ByteSource& m_source;
    std::vector<ZipEntry> m_entries;  // by name
};

}  // namespace resnet
