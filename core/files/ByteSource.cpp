#include "core/files/ByteSource.h"

#include "core/Error.h"

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace resnet {

namespace {

class FileSource final : public ByteSource {
public:
    FileSource(const std::string& path, std::stop_token stop) : m_name(path), m_stop(std::move(stop)) {
        // Non-blocking, so that opening a pipe nobody writes to returns.
        m_descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
        if (m_descriptor < 0)
            throw Error(path + ": cannot be opened: " + std::strerror(errno));
        struct stat status {};
        if (::fstat(m_descriptor, &status) != 0 || !S_ISREG(status.st_mode)) {
            ::close(m_descriptor);
            throw Error(path + ": expected a file, found " +
                        (S_ISDIR(status.st_mode) ? "a folder; name a file in it" : "a pipe or device"));
        }
        m_size = std::uint64_t(status.st_size);
    }
    // Takes over an open file.
    FileSource(std::string name, int descriptor) : m_name(std::move(name)), m_descriptor(descriptor) {}
    ~FileSource() override { ::close(m_descriptor); }
    FileSource(const FileSource&) = delete;
    FileSource& operator=(const FileSource&) = delete;

    const std::string& name() const override { return m_name; }
    std::uint64_t size() const override { return m_size; }
    int descriptor() const override { return m_descriptor; }

    void read(std::uint64_t offset, void* to, std::size_t count) const override {
        auto* target = static_cast<char*>(to);
        while (count > 0) {
            if (m_stop.stop_requested())
                throw Error(m_name + ": reading was stopped");
            const ssize_t got = ::pread(m_descriptor, target, std::min(count, largestRead), off_t(offset));
            if (got < 0 && errno == EINTR)
                continue;
            if (got < 0)
                throw Error(m_name + ": cannot be read: " + std::strerror(errno));
            if (got == 0)
                throw Error(m_name + ": the file ends early, at byte " + std::to_string(offset));
            target += got;
            offset += std::uint64_t(got);
            count -= std::size_t(got);
        }
    }

    void append(const char* bytes, std::size_t count) {
        while (count > 0) {
            const ssize_t put = ::pwrite(m_descriptor, bytes, count, off_t(m_size));
            if (put < 0 && errno == EINTR)
                continue;
            if (put < 0)
                throw Error(m_name +
                            ": no room to unpack it in the temporary folder: " + std::strerror(errno));
            bytes += put;
            count -= std::size_t(put);
            m_size += std::uint64_t(put);
        }
    }

private:
    static constexpr std::size_t largestRead = 1024 * 1024;  // between two looks at the stop token

    std::string m_name;
    std::stop_token m_stop;
    int m_descriptor = -1;
    std::uint64_t m_size = 0;
};

class MemorySource final : public ByteSource {
public:
    MemorySource(std::string_view bytes, std::string name) : m_bytes(bytes), m_name(std::move(name)) {}

    const std::string& name() const override { return m_name; }
    std::uint64_t size() const override { return m_bytes.size(); }

    void read(std::uint64_t offset, void* to, std::size_t count) const override {
        if (offset > m_bytes.size() || count > m_bytes.size() - offset)
            throw Error(m_name + ": the file ends early, at byte " + std::to_string(m_bytes.size()));
        if (count > 0)
            std::memcpy(to, m_bytes.data() + offset, count);
    }

private:
    std::string_view m_bytes;
    std::string m_name;
};

}  // namespace

std::string ByteSource::readText(std::uint64_t offset, std::size_t count) const {
    std::string text(count, '\0');
    read(offset, text.data(), count);
    return text;
}

void FrontToBack::take(void* to, std::size_t count) {
    m_source.read(m_position, to, count);
    m_position += count;
}

std::unique_ptr<ByteSource> openFile(const std::string& path, std::stop_token stop) {
    return std::make_unique<FileSource>(path, std::move(stop));
}

std::unique_ptr<ByteSource> unnamedFile(const std::string& name,
                                        const std::function<void(const ByteSink&)>& write) {
    const char* folder = std::getenv("TMPDIR");
    std::string path = std::string(folder != nullptr && *folder != '\0' ? folder : "/tmp") + "/resnet-XXXXXX";
    const int descriptor = ::mkostemp(path.data(), O_CLOEXEC);
    if (descriptor < 0)
        throw Error(name + ": no file to unpack it in, " + path + ": " + std::strerror(errno));
    ::unlink(path.c_str());
    auto file = std::make_unique<FileSource>(name, descriptor);
    write([&](const char* bytes, std::size_t count) { file->append(bytes, count); });
    return file;
}

std::unique_ptr<ByteSource> memorySource(std::string_view bytes, std::string name) {
    return std::make_unique<MemorySource>(bytes, std::move(name));
}

std::vector<std::uint8_t> readFileBytes(const std::string& path, std::uint64_t limit,
                                        const std::stop_token& stop) {
    const std::unique_ptr<ByteSource> file = openFile(path, stop);
    if (file->size() > limit)
        throw Error(path + ": expected at most " + std::to_string(limit) + " bytes, found " +
                    std::to_string(file->size()));
    std::vector<std::uint8_t> bytes(file->size());
    file->read(0, bytes.data(), bytes.size());
    return bytes;
}

}  // namespace resnet
