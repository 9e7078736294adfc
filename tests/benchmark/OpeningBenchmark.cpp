// Prints how long weights files of ResNet-34 with 1000 classes take to open, against reading the same bytes
// twice, both from a warm cache. Every figure is of a process of its own, so that no memory is there yet.
//
//   opening-benchmark [ROUNDS [FOLDER]]    20 rounds; the files go into FOLDER, or /tmp, and are removed
#include "core/model/Model.h"
#include "core/network/Initialization.h"
#include "core/weights/WeightsFile.h"
#include "tests/core/weights/TorchBytes.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <functional>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace {

using namespace resnet;

struct Measured {
    double milliseconds = 0.0;
    double peakMegabytes = 0.0;
};

double millisecondsOf(const std::function<void()>& action) {
    const auto began = std::chrono::steady_clock::now();
    action();
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - began).count();
}

Measured inFreshProcess(const std::function<double()>& measure) {
    int ends[2];
    if (::pipe(ends) != 0)
        std::abort();
    const pid_t child = ::fork();
    if (child == 0) {
        const double milliseconds = measure();
        ::_exit(::write(ends[1], &milliseconds, sizeof milliseconds) == sizeof milliseconds ? 0 : 1);
    }
    ::close(ends[1]);
    Measured measured;
    int status = 0;
    rusage usage{};
    const bool isTold = ::read(ends[0], &measured.milliseconds, sizeof(double)) == sizeof(double);
    ::close(ends[0]);
    if (::wait4(child, &status, 0, &usage) != child || !isTold)
        std::abort();
    measured.peakMegabytes = double(usage.ru_maxrss) / 1024.0;
    return measured;
}

// With read(2) through a buffer that stays in the cache, which is the fastest of the plain ways.
void readWhole(const std::string& path, std::vector<char>& buffer) {
    const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    while (::read(file, buffer.data(), buffer.size()) > 0) {
    }
    ::close(file);
}

struct Series {
    std::vector<double> milliseconds;
    double peakMegabytes = 0.0;

    void add(const Measured& measured) {
        milliseconds.push_back(measured.milliseconds);
        peakMegabytes = std::max(peakMegabytes, measured.peakMegabytes);
    }
    double median() const {
        std::vector<double> sorted = milliseconds;
        std::ranges::sort(sorted);
        return sorted[sorted.size() / 2];
    }
    double minimum() const { return *std::ranges::min_element(milliseconds); }
};

void compare(const char* format, const std::string& path, int rounds) {
    Series reading, opening, checking;
    for (int round = 0; round < rounds; ++round) {
        reading.add(inFreshProcess([&] {
            std::vector<char> buffer(256 << 10);
            return millisecondsOf([&] {
                readWhole(path, buffer);
                readWhole(path, buffer);
            });
        }));
        opening.add(inFreshProcess([&] {
            WeightsFile file;
            return millisecondsOf([&] { file = readWeights(path); });
        }));
        checking.add(inFreshProcess([&] {
            ModelPtr model;
            return millisecondsOf([&] { model = openModel(path); });
        }));
    }
    std::printf("%-12s %6.1f %6.1f   %6.1f %6.1f   %6.1f %6.1f   %5.2f %5.2f   %4.0f\n", format,
                reading.median(), reading.minimum(), opening.median(), opening.minimum(), checking.median(),
                checking.minimum(), opening.median() / reading.median(), checking.median() / reading.median(),
                opening.peakMegabytes);
}

}  // namespace

int main(int count, char** arguments) {
    const int rounds = count > 1 ? std::max(1, std::atoi(arguments[1])) : 20;
    const std::string folder = count > 2 ? arguments[2] : std::filesystem::temp_directory_path().string();
    const std::string path = folder + "/opening-benchmark-" + std::to_string(::getpid());
    NetworkSpec spec;
    spec.classes = 1000;

    std::printf(
        "milliseconds  read twice      state dict      model           ratios         peak MB\n"
        "              median  min     median  min     median  min     dict  model    dict\n");
    for (const auto& [format, bytesOf] :
         {std::pair<const char*, std::function<std::string(const StateDict&)>>{
              ".pth, zip", [](const StateDict& all) { return stateDictBytes(all, pickled::Container::Zip); }},
          {".pth, older",
           [](const StateDict& all) { return stateDictBytes(all, pickled::Container::Legacy); }},
          {"safetensors", [](const StateDict& all) { return safetensorsBytes(all, ElementType::F32); }}}) {
        // Written by a process of its own, too: what this one has touched, every fork would have.
        inFreshProcess([&, write = bytesOf] {
            std::ofstream(path, std::ios::binary) << write(initialParameters(Graph(spec), 1));
            return 0.0;
        });
        compare(format, path, rounds);
        std::filesystem::remove(path);
    }
}
