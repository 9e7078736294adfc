#pragma once

#include "core/files/ByteSource.h"

#include <chrono>
#include <stop_token>
#include <string>
#include <sys/types.h>

namespace resnet {

// The process resnet-explorer-hdf5 at work on a part of a file, and what it writes. The process is gone when
// this is.
class HelperProcess final : public SequentialSource {
public:
    // Starts it on `length` bytes at `offset` of an open file. Throws Error if there is no helper.
    HelperProcess(const ByteSource& file, std::uint64_t offset, std::uint64_t length, std::stop_token stop);
    ~HelperProcess() override;
    HelperProcess(const HelperProcess&) = delete;
    HelperProcess& operator=(const HelperProcess&) = delete;

    const std::string& name() const override { return m_name; }
    // As the helper announced it, at most 4 GiB.
    std::uint64_t size() const override { return m_size; }
    // Throws Error if the helper fails, crashes, takes too long, or the reader is stopped.
    void take(void* to, std::size_t count) override;

    // Where the helper is: $RESNET_EXPLORER_HDF5_HELPER, beside the program, one folder above it (tests), or
    // in libexec of an installed tree. Empty if it is nowhere.
    static std::string path();

private:
    // An open file or end of a pipe.
    struct Descriptor {
        int value = -1;
        Descriptor() = default;
        Descriptor(const Descriptor&) = delete;
        Descriptor& operator=(const Descriptor&) = delete;
        ~Descriptor() { close(); }
        void close();
    };
    // A running process: killed, if it still runs, and waited for in the end.
    struct Child {
        pid_t id = -1;
        Child() = default;
        Child(const Child&) = delete;
        Child& operator=(const Child&) = delete;
        ~Child();
        int wait();
    };
    static void openPipe(Descriptor& read, Descriptor& write);

    void start(const std::string& program, int input, std::uint64_t offset, std::uint64_t length);
    void readNext(void* to, std::size_t count);
    void throwIfStopped() const;
    void waitForOutput() const;
    [[noreturn]] void explainEnd();

    std::string m_name;
    std::stop_token m_stop;
    std::chrono::steady_clock::time_point m_deadline;
    std::uint64_t m_size = 0;
    std::uint64_t m_position = 0;
    Child m_child;
    Descriptor m_output;
    Descriptor m_messages;
};

}  // namespace resnet
