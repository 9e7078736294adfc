#include "core/Error.h"
#include "core/files/ZipArchive.h"
#include "core/weights/TorchFile.h"
#include "tests/core/weights/ReadAll.h"
#include "tests/core/weights/ZipBytes.h"

// A .pth file of the zip container. After an even first byte come the bytes of the archive; after an odd one
// those of its pickle, around which a sound archive is put, as no fuzzer finds a check sum.
extern "C" int LLVMFuzzerTestOneInput(const unsigned char* bytes, std::size_t size) {
    using namespace resnet;
    if (size == 0)
        return 0;
    const std::string content(reinterpret_cast<const char*>(bytes) + 1, size - 1);
    const std::string numbers(64, '\x3f');
    const std::string archive =
        bytes[0] % 2 == 0
            ? content
            : zipBytes({{"a/data.pkl", content}, {"a/data/0", numbers}, {"a/data/1", numbers.substr(8)}});
    try {
        const auto source = memorySource(archive, "fuzz");
        const ZipArchive archive(*source);
        readAll(openTorchZip(*source, archive));
    } catch (const Error&) {
    }
    return 0;
}
