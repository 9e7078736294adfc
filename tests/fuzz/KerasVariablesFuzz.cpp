#include "core/Error.h"
#include "core/weights/KerasFile.h"

// What comes out of the HDF5 helper's pipe, if the helper has been taken over: any bytes. The mapping of
// names and the model's configuration, which is in the metadata, are reached through it.
extern "C" int LLVMFuzzerTestOneInput(const unsigned char* bytes, std::size_t size) {
    using namespace resnet;
    try {
        const auto source = memorySource({reinterpret_cast<const char*>(bytes), size}, "fuzz");
        FrontToBack stream(*source);
        readKerasVariables(stream, {}, {});
    } catch (const Error&) {
    }
    return 0;
}
