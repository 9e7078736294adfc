#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <stop_token>
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

// Bytes that come one after the other, each once, such as those of a pipe. For one thread.
class SequentialSource {
public:
    virtual ~SequentialSource() = default;

    // What error messages call it.
    virtual const std::string& name() const = 0;
    // Of all its bytes, taken or not.
    virtual std::uint64_t size() const = 0;
    // Fills `to` with the next `count` bytes. Throws Error if there are not so many (any more).
    virtual void take(void* to, std::size_t count) = 0;
};

// The bytes of a source from front to back; the source must outlive it.
class FrontToBack final : public SequentialSource {
public:
    explicit FrontToBack(const ByteSource& source) : m_source(source) {}

    const std::string& name() const override { return m_source.name(); }
    std::uint64_t size() const override { return m_source.size(); }
    void take(void* to, std::size_t count) override;

private:
    const ByteSource& m_source;
    std::uint64_t m_position = 0;
};

// Throws Error if the path is not a readable regular file; pipes, devices and folders are refused unread.
// Once `stop` is requested every read throws Error, also one that is under way.
std::unique_ptr<ByteSource> openFile(const std::string& path, std::stop_token stop = {});

// Takes bytes piece by piece.
using ByteSink = std::function<void(const char* bytes, std::size_t count)>;

// What `write` hands to its argument, as a file without a name in the temporary folder ($TMPDIR, else /tmp)
// that is gone with the source. `name` is what error messages call it. Throws Error if there is no room for
// it.
std::unique_ptr<ByteSource> unnamedFile(const std::string& name,
                                        const std::function<void(const ByteSink&)>& write);

// `bytes` must outlive the source.
std::unique_ptr<ByteSource> memorySource(std::string_view bytes, std::string name);

// All bytes of a regular file. Throws Error naming the file if it is a folder, a pipe or a device, is larger
// than `limit` bytes, cannot be read, becomes shorter while being read, or reading is stopped.
std::vector<std::uint8_t> readFileBytes(const std::string& path, std::uint64_t limit,
                                        const std::stop_token& stop = {});

}  // namespace resnet
