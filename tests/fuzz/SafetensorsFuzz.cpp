#include "core/Error.h"
#include "core/weights/Safetensors.h"
#include "core/weights/TorchNames.h"

// Any bytes as a safetensors file, its names through the renaming.
extern "C" int LLVMFuzzerTestOneInput(const unsigned char* bytes, std::size_t size) {
    using namespace resnet;
    try {
        const auto source = memorySource({reinterpret_cast<const char*>(bytes), size}, "fuzz");
        SafetensorsFile file = readSafetensors(*source);
        std::vector<std::string> notes;
        renameToTorchvision(file.tensors, notes);
    } catch (const Error&) {
    }
    return 0;
}
