#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace resnet {

// Bytes that a reader picks from by position: a file (read, never mapped, so that one cut short meanwhile is
// an error and not a crash), or memory. Reading is safe from several threads at once.
class ByteSource {
public:
    virtual ~ByteSource() = default;

    // What error messages call it: the path of a file.
    virtual const std::string& name() const = 0;
    virtual std::uint64_t size() const = 0;
    // Fills `to` with the `count` bytes at `offset`. Throws Error if they are not there (any more).
    virtual void read(std::uint64_t offset, void* to, std::size_t count) const = 0;

    // The open file behind it, for a process of our own to read; -1 for memory.
    virtual int descriptor() const { return -1; }

    std::string readText(std::uint64_t offset, std::size_t count) const;
};

// Throws Error if the path is not a readable regular file; pipes, devices and folders are refused unread.
std::unique_ptr<ByteSource> openFile(const std::string& path);

// `bytes` must outlive the source.
std::unique_ptr<ByteSource> memorySource(std::string_view bytes, std::string name);

}  // namespace resnet
