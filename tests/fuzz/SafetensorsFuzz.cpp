#include "core/Error.h"
#include "core/weights/NetworkNames.h"
#include "core/weights/SafetensorsReader.h"

// Any bytes as a safetensors file, its names through the search for a network.
extern "C" int LLVMFuzzerTestOneInput(const unsigned char* bytes, std::size_t size) {
    using namespace resnet;
    try {
        const auto source = memorySource({reinterpret_cast<const char*>(bytes), size}, "fuzz");
        const SafetensorsFile file(*source);
        file.read(nameNetwork(file, {}).names);
    } catch (const Error&) {
    }
    return 0;
}
