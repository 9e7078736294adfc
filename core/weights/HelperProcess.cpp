#include "core/weights/HelperProcess.h"

#include "core/Error.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <string_view>
#include <sys/wait.h>
#include <unistd.h>
#include <utility>

namespace resnet {

namespace {

constexpr std::uint64_t largestResult = (std::uint64_t(4) << 30) + (std::uint64_t(64) << 20);
constexpr std::chrono::milliseconds patience{4500};
constexpr int pollMilliseconds = 20;

pid_t spawn(const std::string& program, int input, int output, int messages, std::uint64_t offset,
            std::uint64_t length) {
    posix_spawn_file_actions_t actions;
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO);
    ::posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
    ::posix_spawn_file_actions_adddup2(&actions, messages, STDERR_FILENO);
    ::posix_spawn_file_actions_addclosefrom_np(&actions, STDERR_FILENO + 1);
    posix_spawnattr_t attributes;
    ::posix_spawnattr_init(&attributes);
    sigset_t none, all;
    ::sigemptyset(&none);
    ::sigfillset(&all);
    ::posix_spawnattr_setsigmask(&attributes, &none);
    ::posix_spawnattr_setsigdefault(&attributes, &all);
    ::posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);

    std::string name = program, from = std::to_string(offset), count = std::to_string(length);
    std::string locale = "LC_ALL=C";
    const std::array<char*, 4> arguments{name.data(), from.data(), count.data(), nullptr};
    const std::array<char*, 2> environment{locale.data(), nullptr};
    pid_t process = -1;
    const int error =
        ::posix_spawn(&process, program.c_str(), &actions, &attributes, arguments.data(), environment.data());
    ::posix_spawnattr_destroy(&attributes);
    ::posix_spawn_file_actions_destroy(&actions);
    if (error != 0)
        throw Error("the HDF5 reader " + program + " cannot be started: " + std::strerror(error));
    return process;
}

bool isProgram(const std::string& path) {
    return !path.empty() && ::access(path.c_str(), X_OK) == 0;
}

// What a process that may have gone wrong said: its first line, without anything that a terminal would act
// on.
std::string firstLine(int messages) {
    std::array<char, 1024> buffer;
    const ssize_t got = ::read(messages, buffer.data(), buffer.size());
    std::string line;
    for (ssize_t i = 0; i < got && buffer[std::size_t(i)] != '\n'; ++i) {
        const char character = buffer[std::size_t(i)];
        line += static_cast<unsigned char>(character) < 0x20 || character == 0x7f ? '?' : character;
    }
    return line;
}

}  // namespace

std::string HelperProcess::path() {
    if (const char* given = std::getenv("RESNET_EXPLORER_HDF5_HELPER"))
        return given;
    std::array<char, 4096> program;
    const ssize_t length = ::readlink("/proc/self/exe", program.data(), program.size());
    if (length <= 0)
        return {};
    const std::string_view whole(program.data(), std::size_t(length));
    const std::string folder(whole.substr(0, whole.rfind('/') + 1));
    for (const char* place : {"resnet-explorer-hdf5", "../libexec/resnet-explorer/resnet-explorer-hdf5",
                              "../resnet-explorer-hdf5"})
        if (isProgram(folder + place))
            return folder + place;
    return {};
}

void HelperProcess::Descriptor::close() {
    if (value >= 0)
        ::close(std::exchange(value, -1));
}

HelperProcess::Child::~Child() {
    if (id < 0)
        return;
    ::kill(id, SIGKILL);
    wait();
}

int HelperProcess::Child::wait() {
    int status = 0;
    while (::waitpid(id, &status, 0) < 0 && errno == EINTR) {
    }
    id = -1;
    return status;
}

void HelperProcess::openPipe(Descriptor& read, Descriptor& write) {
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0)
        throw Error(std::string("no pipe to the HDF5 reader: ") + std::strerror(errno));
    read.value = ends[0];
    write.value = ends[1];
    ::fcntl(read.value, F_SETFL, O_NONBLOCK);
}

HelperProcess::HelperProcess(const ByteSource& file, std::uint64_t offset, std::uint64_t length,
                             std::stop_token stop)
    : m_name(file.name()), m_stop(std::move(stop)) {
    const std::string program = path();
    if (!isProgram(program))
        throw Error(
            m_name +
            ": is an HDF5 file, and the program that reads these, resnet-explorer-hdf5, is not there");
    if (file.descriptor() < 0)
        throw Error(m_name + ": HDF5 is read from files only");
    // Larger files get more time: a second for each 100 MB.
    m_deadline = std::chrono::steady_clock::now() + patience + std::chrono::milliseconds(length / 100'000);
    start(program, file.descriptor(), offset, length);
    readNext(&m_size, sizeof m_size);
    if (m_size > largestResult)
        throw Error(m_name + ": the file is damaged (its reader announced " + std::to_string(m_size) +
                    " bytes)");
}

HelperProcess::~HelperProcess() = default;

void HelperProcess::start(const std::string& program, int input, std::uint64_t offset, std::uint64_t length) {
    Descriptor output, messages;
    openPipe(m_output, output);
    openPipe(m_messages, messages);
    m_child.id = spawn(program, input, output.value, messages.value, offset, length);
}

void HelperProcess::take(void* to, std::size_t count) {
    if (count > m_size - m_position)
        throw Error(m_name + ": the file is damaged (its reader stopped early)");
    readNext(to, count);
    m_position += count;
}

void HelperProcess::readNext(void* to, std::size_t count) {
    auto* target = static_cast<char*>(to);
    while (count > 0) {
        throwIfStopped();
        const ssize_t got = ::read(m_output.value, target, count);
        if (got > 0) {
            target += got;
            count -= std::size_t(got);
        } else if (got == 0) {
            explainEnd();
        } else if (errno == EAGAIN) {
            waitForOutput();
        } else if (errno != EINTR) {
            throw Error(m_name + ": nothing can be read from the HDF5 reader: " + std::strerror(errno));
        }
    }
}

void HelperProcess::throwIfStopped() const {
    if (m_stop.stop_requested())
        throw Error(m_name + ": reading was stopped");
}

void HelperProcess::waitForOutput() const {
    pollfd output{m_output.value, POLLIN, 0};
    while (::poll(&output, 1, pollMilliseconds) <= 0) {
        throwIfStopped();
        if (std::chrono::steady_clock::now() > m_deadline)
            throw Error(m_name + ": the file is damaged (reading it did not end)");
    }
}

// The helper closed its output before all that was announced.
void HelperProcess::explainEnd() {
    const std::string message = firstLine(m_messages.value);
    const int status = m_child.wait();
    if (WIFSIGNALED(status))
        throw Error(
            m_name + ": the file is damaged (reading it " +
            (WTERMSIG(status) == SIGXCPU || WTERMSIG(status) == SIGKILL ? "did not end)" : "crashed)"));
    if (message.empty())
        throw Error(m_name + ": the file is damaged (its reader ended early)");
    throw Error(m_name + ": " + message);
}

}  // namespace resnet
