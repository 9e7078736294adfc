#include "core/files/ZipArchive.h"

#include "core/Error.h"
#include "core/files/Inflater.h"

#include <algorithm>
#include <cstring>
#include <libdeflate.h>
#include <optional>

namespace resnet {

namespace {

// Structures of PKWARE's APPNOTE.TXT, section 4.3.
constexpr std::uint32_t localSignature = 0x04034b50;
constexpr std::uint32_t directorySignature = 0x02014b50;
constexpr std::uint32_t endSignature = 0x06054b50;
constexpr std::uint32_t zip64EndSignature = 0x06064b50;
constexpr std::uint32_t zip64LocatorSignature = 0x07064b50;
constexpr std::size_t localSize = 30;
constexpr std::size_t directoryEntrySize = 46;
constexpr std::size_t endSize = 22;
constexpr std::size_t zip64LocatorSize = 20;
constexpr std::size_t zip64EndSize = 56;
constexpr std::uint16_t zip64Extra = 1;
constexpr std::uint16_t encrypted = 0x2041;  // flags
constexpr std::uint16_t stored = 0;          // methods of compression
constexpr std::uint16_t deflated = 8;

constexpr std::uint64_t mostEntries = 65'536;
constexpr std::uint64_t largestDirectory = 16 * 1024 * 1024;
constexpr std::uint64_t largestRatio = 100;
constexpr std::uint64_t alwaysUnpacked = 16 * 1024 * 1024;
constexpr std::size_t pieceSize = 256 * 1024;

template <typename Number>
Number numberAt(std::string_view bytes, std::size_t at) {
    Number value{};
    std::memcpy(&value, bytes.data() + at, sizeof value);
    return value;
}

struct Directory {
    std::uint64_t entries = 0;
    std::uint64_t offset = 0;
    std::uint64_t size = 0;
};

struct DirectoryEntry {
    ZipEntry entry;
    std::uint64_t header = 0;  // position of the local header
};

class DirectoryReader {
public:
    explicit DirectoryReader(const ByteSource& source) : m_source(source) {}

    std::vector<ZipEntry> read() {
        const Directory directory = find();
        if (directory.entries > mostEntries || directory.size > largestDirectory)
            refuse("more than " + std::to_string(mostEntries) + " entries");
        if (directory.offset > m_source.size() || directory.size > m_source.size() - directory.offset)
            refuse("the directory lies outside the file");
        const std::string text = m_source.readText(directory.offset, std::size_t(directory.size));

        std::vector<DirectoryEntry> found;
        std::string_view rest = text;
        for (std::uint64_t i = 0; i < directory.entries; ++i)
            if (auto entry = take(rest))
                found.push_back(std::move(*entry));
        locate(found, directory.offset);
        checkRatio(found);

        std::vector<ZipEntry> entries;
        for (DirectoryEntry& each : found)
            entries.push_back(std::move(each.entry));
        std::ranges::sort(entries, {}, &ZipEntry::name);
        const auto twice = std::ranges::adjacent_find(entries, {}, &ZipEntry::name);
        if (twice != entries.end())
            refuse("the entry '" + twice->name + "' is there twice");
        return entries;
    }

private:
    [[noreturn]] void refuse(const std::string& problem) const {
        throw Error(m_source.name() + ": zip archive: " + problem);
    }

    Directory find() const {
        constexpr std::size_t longestComment = 65'535;
        const auto tailSize = std::size_t(std::min<std::uint64_t>(m_source.size(), endSize + longestComment));
        const std::uint64_t tailStart = m_source.size() - tailSize;
        const std::string tail = m_source.readText(tailStart, tailSize);
        if (tailSize >= endSize) {
            for (std::size_t at = tailSize - endSize + 1; at-- > 0;) {
                if (numberAt<std::uint32_t>(tail, at) != endSignature)
                    continue;
                if (at + endSize + numberAt<std::uint16_t>(tail, at + 20) != tailSize)
                    continue;
                const std::string_view end = std::string_view(tail).substr(at, endSize);
                if (numberAt<std::uint16_t>(end, 4) != 0 && numberAt<std::uint16_t>(end, 4) != 0xffff)
                    refuse("is one part of several");
                const Directory directory{numberAt<std::uint16_t>(end, 10), numberAt<std::uint32_t>(end, 16),
                                          numberAt<std::uint32_t>(end, 12)};
                return findZip64(tailStart + at).value_or(directory);
            }
        }
        refuse("has no end record: the file is cut short or damaged");
    }

    // The 64-bit directory, if its locator stands before the end record.
    std::optional<Directory> findZip64(std::uint64_t end) const {
        if (end < zip64LocatorSize)
            return std::nullopt;
        const std::string locator = m_source.readText(end - zip64LocatorSize, zip64LocatorSize);
        if (numberAt<std::uint32_t>(locator, 0) != zip64LocatorSignature)
            return std::nullopt;
        const auto at = numberAt<std::uint64_t>(locator, 8);
        if (m_source.size() < zip64EndSize || at > m_source.size() - zip64EndSize)
            refuse("the 64-bit end record lies outside the file");
        const std::string record = m_source.readText(at, zip64EndSize);
        if (numberAt<std::uint32_t>(record, 0) != zip64EndSignature)
            refuse("has no 64-bit end record where it should be");
        return Directory{numberAt<std::uint64_t>(record, 32), numberAt<std::uint64_t>(record, 48),
                         numberAt<std::uint64_t>(record, 40)};
    }

    // The next entry of the directory; nothing for a folder.
    std::optional<DirectoryEntry> take(std::string_view& rest) const {
        if (rest.size() < directoryEntrySize || numberAt<std::uint32_t>(rest, 0) != directorySignature)
            refuse("the directory is damaged or cut short");
        const auto flags = numberAt<std::uint16_t>(rest, 8);
        const auto method = numberAt<std::uint16_t>(rest, 10);
        const std::size_t nameLength = numberAt<std::uint16_t>(rest, 28);
        const std::size_t extraLength = numberAt<std::uint16_t>(rest, 30);
        const std::size_t whole =
            directoryEntrySize + nameLength + extraLength + numberAt<std::uint16_t>(rest, 32);
        if (rest.size() < whole)
            refuse("the directory is damaged or cut short");

        DirectoryEntry found;
        found.entry.name = rest.substr(directoryEntrySize, nameLength);
        found.entry.crc = numberAt<std::uint32_t>(rest, 16);
        found.entry.storedSize = numberAt<std::uint32_t>(rest, 20);
        found.entry.size = numberAt<std::uint32_t>(rest, 24);
        found.header = numberAt<std::uint32_t>(rest, 42);
        readZip64(rest.substr(directoryEntrySize + nameLength, extraLength), found);
        rest.remove_prefix(whole);

        checkName(found.entry.name);
        const std::string place = "the entry '" + found.entry.name + "' ";
        if (flags & encrypted)
            refuse(place + "is encrypted");
        if (method != stored && method != deflated)
            refuse(place + "is compressed by method " + std::to_string(method) +
                   "; expected it to be stored (0) or deflated (8)");
        found.entry.isDeflated = method == deflated;
        if (method == stored && found.entry.storedSize != found.entry.size)
            refuse(place + "has two sizes, " + std::to_string(found.entry.storedSize) + " and " +
                   std::to_string(found.entry.size));
        if (found.entry.name.ends_with('/') && found.entry.size == 0)
            return std::nullopt;
        return found;
    }

    // The extra field holds, in this order, those of the three numbers that do not fit 32 bits.
    void readZip64(std::string_view extra, DirectoryEntry& found) const {
        while (extra.size() >= 4) {
            const auto kind = numberAt<std::uint16_t>(extra, 0);
            const std::size_t length = numberAt<std::uint16_t>(extra, 2);
            extra.remove_prefix(4);
            if (length > extra.size())
                refuse("the entry '" + found.entry.name + "' has a damaged extra field");
            std::string_view field = extra.substr(0, length);
            extra.remove_prefix(length);
            if (kind != zip64Extra)
                continue;
            for (std::uint64_t* number : {&found.entry.size, &found.entry.storedSize, &found.header}) {
                if (*number != 0xffffffffu)
                    continue;
                if (field.size() < 8)
                    refuse("the entry '" + found.entry.name + "' has a damaged extra field");
                *number = numberAt<std::uint64_t>(field, 0);
                field.remove_prefix(8);
            }
        }
    }

    void checkName(const std::string& name) const {
        const std::string padded = "/" + name + "/";
        if (name.empty() || name.starts_with('/') || name.find('\\') != name.npos ||
            name.find('\0') != name.npos || padded.find("/../") != name.npos)
            refuse("the entry '" + name.substr(0, 100) + "' has a name that leads out of the archive");
    }

    // Finds the contents behind the entries' own headers, which must agree with the directory.
    void locate(std::vector<DirectoryEntry>& found, std::uint64_t directoryStart) const {
        std::ranges::sort(found, {}, &DirectoryEntry::header);
        std::uint64_t position = 0;
        for (auto& [entry, header] : found) {
            const std::string place = "the entry '" + entry.name + "' ";
            if (header < position)
                refuse(place + "overlaps the one before it");
            if (header > directoryStart || directoryStart - header < localSize + entry.name.size())
                refuse(place + "lies outside the file");
            const std::string local = m_source.readText(header, localSize + entry.name.size());
            if (numberAt<std::uint32_t>(local, 0) != localSignature ||
                numberAt<std::uint16_t>(local, 26) != entry.name.size() ||
                local.substr(localSize) != entry.name)
                refuse(place + "is not where the directory says");
            if (numberAt<std::uint16_t>(local, 6) & encrypted ||
                numberAt<std::uint16_t>(local, 8) != (entry.isDeflated ? deflated : stored))
                refuse(place + "is encrypted or compressed in two ways");
            entry.begin = header + localSize + entry.name.size() + numberAt<std::uint16_t>(local, 28);
            if (entry.begin > directoryStart || entry.storedSize > directoryStart - entry.begin)
                refuse(place + "claims " + std::to_string(entry.storedSize) +
                       " bytes, more than the file has");
            position = entry.begin + entry.storedSize;
        }
    }

    void checkRatio(const std::vector<DirectoryEntry>& found) const {
        std::uint64_t most = 0, sum = 0;
        if (__builtin_mul_overflow(m_source.size(), largestRatio, &most))
            return;
        most += alwaysUnpacked;
        for (const DirectoryEntry& each : found)
            if (__builtin_add_overflow(sum, each.entry.size, &sum) || sum > most)
                refuse("claims to unpack to more than " + std::to_string(largestRatio) +
                       " times its size, which no weights do");
    }

    const ByteSource& m_source;
};

// The content of an entry from front to back.
class Content {
public:
    Content(const ByteSource& source, const ZipEntry& entry) : m_source(source), m_entry(entry) {
        if (entry.isDeflated)
            m_inflater.emplace([this](char* to, std::size_t atMost) { return takeStored(to, atMost); });
    }

    // The next piece, whose place is to[0] to to[count - 1].
    void take(char* to, std::size_t count) {
        if (m_inflater ? !m_inflater->take(to, count) : takeStored(to, count) != count)
            refuse("its compressed bytes are wrong");
        m_crc = ::libdeflate_crc32(m_crc, to, count);  // while the piece is in the cache
    }

    void checkEnd() {
        if (m_inflater && !m_inflater->isAtEnd())
            refuse("it is larger than it claims");
        if (m_crc != m_entry.crc)
            refuse("its CRC-32 does not match");
    }

private:
    std::size_t takeStored(char* to, std::size_t atMost) {
        const auto count = std::size_t(std::min<std::uint64_t>(m_entry.storedSize - m_taken, atMost));
        m_source.read(m_entry.begin + m_taken, to, count);
        m_taken += count;
        return count;
    }

    [[noreturn]] void refuse(const char* problem) const {
        throw Error(m_source.name() + ": zip archive: the entry '" + m_entry.name + "' is damaged (" +
                    problem + ")");
    }

    const ByteSource& m_source;
    const ZipEntry& m_entry;
    std::uint64_t m_taken = 0;  // of the stored bytes
    std::uint32_t m_crc = 0;
    std::optional<Inflater> m_inflater;
};

}  // namespace

ZipArchive::ZipArchive(const ByteSource& source)
    : m_source(source), m_entries(DirectoryReader(source).read()) {}

bool ZipArchive::looksLikeZip(const ByteSource& source) {
    return source.size() >= 4 && numberAt<std::uint32_t>(source.readText(0, 4), 0) == localSignature;
}

const ZipEntry* ZipArchive::find(std::string_view name) const {
    const auto found = std::ranges::lower_bound(m_entries, name, {}, &ZipEntry::name);
    return found != m_entries.end() && found->name == name ? &*found : nullptr;
}

void ZipArchive::read(const ZipEntry& entry, const ByteSink& sink) const {
    std::vector<char> piece(std::size_t(std::min<std::uint64_t>(entry.size, pieceSize)));
    Content content(m_source, entry);
    for (std::uint64_t at = 0; at < entry.size; at += piece.size()) {
        const auto count = std::size_t(std::min<std::uint64_t>(entry.size - at, piece.size()));
        content.take(piece.data(), count);
        sink(piece.data(), count);
    }
    content.checkEnd();
}

void ZipArchive::read(const ZipEntry& entry, char* to) const {
    Content content(m_source, entry);
    for (std::uint64_t at = 0; at < entry.size; at += pieceSize)
        content.take(to + at, std::size_t(std::min<std::uint64_t>(entry.size - at, pieceSize)));
    content.checkEnd();
}

std::string ZipArchive::readText(const ZipEntry& entry, std::uint64_t largest) const {
    if (entry.size > largest)
        throw Error(m_source.name() + ": zip archive: the entry '" + entry.name + "' has " +
                    std::to_string(entry.size) + " bytes, expected at most " + std::to_string(largest));
    std::string text(std::size_t(entry.size), '\0');
    read(entry, text.data());
    return text;
}

ZipEntryFile ZipArchive::openEntry(const ZipEntry& entry) const {
    if (!entry.isDeflated) {
        read(entry, [](const char*, std::size_t) {});
        return {nullptr, &m_source, entry.begin, entry.size};
    }
    ZipEntryFile result;
    result.unpacked = unnamedFile(m_source.name(), [&](const ByteSink& sink) { read(entry, sink); });
    result.file = result.unpacked.get();
    result.size = entry.size;
    return result;
}

}  // namespace resnet
