// Reads an HDF5 file for resnet-explorer, so that a damaged or hostile one cannot harm it: libhdf5 crashes on
// some.
//
//   resnet-explorer-hdf5 OFFSET LENGTH    the file is `LENGTH` bytes from `OFFSET` of standard input
//
// Standard output gets the size of what follows as a u64 and then a safetensors file: the datasets as F32
// under their paths, the model's configuration and order of layers as metadata. On failure standard error
// gets one line, and the exit status is 1.

#include "app/hdf5helper/Hdf5File.h"
#include "core/Error.h"
#include "core/weights/SafetensorsWriter.h"

#include <nlohmann/json.hpp>

#include <cerrno>
#include <charconv>
#include <cstdio>
#include <cstring>
#include <new>
#include <set>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

namespace {

using namespace resnet;

constexpr std::uint64_t largestFile = std::uint64_t(2) << 30;

void limit(__rlimit_resource resource, std::uint64_t value) {
    const rlimit both{value, value};
    if (::setrlimit(resource, &both) != 0)
        throw Error(std::string("cannot limit the reader: ") + std::strerror(errno));
}

void limitOurselves(std::uint64_t fileSize) {
    limit(RLIMIT_CORE, 0);
    limit(RLIMIT_FSIZE, 0);
    limit(RLIMIT_CPU, 5 + (fileSize >> 27));
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)  // they reserve terabytes, and open pipes
    limit(RLIMIT_NOFILE, 3);  // the three that are open: nothing else can be
    // One dataset, its chunks as they are stored, and what the file's structures need.
    limit(RLIMIT_AS, 3 * fileSize + (std::uint64_t(512) << 20));
#endif
    ::prctl(PR_SET_DUMPABLE, 0);
    ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
}

std::uint64_t parseNumber(const char* text) {
    std::uint64_t value = 0;
    const char* end = text + std::strlen(text);
    const auto [stopped, error] = std::from_chars(text, end, value);
    if (error != std::errc() || stopped != end)
        throw Error("expected a number, found '" + std::string(text) + "'");
    return value;
}

void write(const void* from, std::size_t count) {
    const auto* bytes = static_cast<const char*>(from);
    while (count > 0) {
        const ssize_t written = ::write(STDOUT_FILENO, bytes, count);
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            throw Error("nobody takes the result");
        bytes += written;
        count -= std::size_t(written);
    }
}

void run(std::uint64_t offset, std::uint64_t length) {
    if (length > largestFile)
        throw Error("has over 2 GB, more than is read");
    limitOurselves(length);
    const hdf5::Hdf5File file(offset, length);
    const std::vector<hdf5::Dataset> datasets = file.datasets();
    std::set<std::string> groups;
    for (const hdf5::Dataset& dataset : datasets)
        if (const std::size_t slash = dataset.path.rfind('/'); slash != dataset.path.npos)
            groups.insert(dataset.path.substr(0, slash));
    const hdf5::Description description = file.description(groups);

    std::vector<SafetensorsEntry> entries;
    std::uint64_t size = 0;
    for (const hdf5::Dataset& dataset : datasets) {
        entries.push_back({dataset.path, ElementType::F32, dataset.shape, 0, 0});
        size += std::uint64_t(elementCount(dataset.shape)) * sizeof(float);
    }
    Metadata metadata;
    const auto tell = [&](const char* key, const std::string& text) {
        if (!text.empty())
            metadata[key] = text;
    };
    tell("model_config", description.modelConfig);
    tell("keras_version", description.kerasVersion);
    tell("backend", description.backend);
    if (!description.layerNames.empty())
        metadata["layer_names"] = nlohmann::json(description.layerNames)
                                      .dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
    const auto tellJson = [&](const char* key, const nlohmann::json& json) {
        if (!json.empty())
            metadata[key] = json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
    };
    tellJson("weight_names", description.weightNames);
    tellJson("group_names", description.groupNames);
    const std::string header = serialiseSafetensorsHeader(entries, metadata);
    size += header.size();
    write(&size, sizeof size);
    write(header.data(), header.size());
    for (const hdf5::Dataset& dataset : datasets) {
        const std::vector<float> values = file.read(dataset);
        write(values.data(), values.size() * sizeof(float));
    }
}

int fail(const char* problem) {
    std::fprintf(stderr, "%s\n", problem);
    return 1;
}

}  // namespace

int main(int count, char** arguments) {
    try {
        if (count != 3)
            throw Error("usage: resnet-explorer-hdf5 OFFSET LENGTH <FILE");
        run(parseNumber(arguments[1]), parseNumber(arguments[2]));
        // Left without cleaning up: closing a damaged file is one more thing that libhdf5 can crash in.
        ::_exit(0);
    } catch (const std::bad_alloc&) {
        ::_exit(fail("takes more memory than is plausible for its size"));
    } catch (const std::exception& error) {
        ::_exit(fail(error.what()));
    }
}
