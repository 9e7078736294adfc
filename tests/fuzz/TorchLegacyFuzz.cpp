#include "core/Error.h"
#include "core/weights/TorchFile.h"
#include "tests/core/weights/ReadAll.h"

// What follows the magic number of PyTorch's older container.
extern "C" int LLVMFuzzerTestOneInput(const unsigned char* bytes, std::size_t size) {
    using namespace resnet;
    std::string file("\x80\x02\x8a\x0a\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19.\x80\x02M\xe9\x03.", 21);
    file.append(reinterpret_cast<const char*>(bytes), size);
    try {
        const auto source = memorySource(file, "fuzz");
        readAll(openTorchLegacy(*source));
    } catch (const Error&) {
    }
    return 0;
}
