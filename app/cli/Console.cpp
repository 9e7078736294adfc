#include "app/cli/Console.h"

#include "app/cli/Command.h"
#include "core/Error.h"

#include <nlohmann/json.hpp>

#include <cerrno>
#include <cmath>
#include <csignal>
#include <cstring>
#include <ctime>
#include <pthread.h>
#include <thread>
#include <unistd.h>

namespace resnet::app {

namespace {

// False if not all of it could be written; errno says why.
bool writeAll(int file, const char* data, qsizetype size) {
    while (size > 0) {
        const ssize_t written = ::write(file, data, std::size_t(size));
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return false;
        data += written;
        size -= written;
    }
    return true;
}

}  // namespace

void print(const QByteArray& data) {
    if (writeAll(STDOUT_FILENO, data.constData(), data.size()))
        return;
    if (errno == EPIPE)
        throw Interrupted();
    throw Error(std::string("standard output: ") + std::strerror(errno));
}

void print(const QString& text) {
    print(text.toUtf8());
}

nlohmann::ordered_json jsonNumber(double value) {
    return std::isfinite(value) ? nlohmann::ordered_json(value) : nlohmann::ordered_json();
}

void tell(const QString& message) {
    const QByteArray line = "resnet-explorer: " + message.simplified().toUtf8() + '\n';
    writeAll(STDERR_FILENO, line.constData(), line.size());
}

std::stop_token stopOnInterrupt() {
    std::signal(SIGPIPE, SIG_IGN);
    std::signal(SIGXFSZ, SIG_IGN);
    static std::stop_source source;
    sigset_t interrupt;
    sigemptyset(&interrupt);
    sigaddset(&interrupt, SIGINT);
    // Blocked here and so in every thread to come; one thread waits for it. A handler could not request a
    // stop safely.
    pthread_sigmask(SIG_BLOCK, &interrupt, nullptr);
    std::thread([interrupt] {
        int signal = 0;
        sigwait(&interrupt, &signal);
        source.request_stop();
        const timespec patience{2, 0};
        sigtimedwait(&interrupt, nullptr, &patience);
        _exit(ExitInterrupted);
    }).detach();
    return source.get_token();
}

}  // namespace resnet::app
