#include "core/Error.h"
#include "core/files/ZipArchive.h"
#include "tests/core/weights/ZipBytes.h"

#include <cstring>

// A compressed entry: its claimed size, then its packed bytes, in an archive that is sound but for them.
// Beside it stands a stored one, which must be read whatever the other is.
extern "C" int LLVMFuzzerTestOneInput(const unsigned char* bytes, std::size_t size) {
    using namespace resnet;
    std::uint32_t claimed = 0;
    if (size < sizeof claimed + 1)
        return 0;
    std::memcpy(&claimed, bytes, sizeof claimed);
    ZipPart part{"a/data.pkl", {}, 8};
    part.claimedSize = claimed % (64 * 1024 * 1024);
    part.packed.assign(reinterpret_cast<const char*>(bytes) + sizeof claimed, size - sizeof claimed);
    const std::string archiveBytes = zipBytes({part, {"a/other", "sixteen bytes of"}});
    try {
        const auto source = memorySource(archiveBytes, "fuzz");
        const ZipArchive archive(*source);
        if (archive.readText(*archive.find("a/other"), 16) != "sixteen bytes of")
            __builtin_trap();
        std::uint64_t taken = 0;
        const ZipEntry& entry = *archive.find("a/data.pkl");
        archive.read(entry, [&](const char*, std::size_t count) { taken += count; });
        if (taken != entry.size)
            __builtin_trap();
    } catch (const Error&) {
    }
    return 0;
}
