#include "core/Error.h"
#include "core/files/Npy.h"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* bytes, std::size_t size) {
    try {
        resnet::readNpy({bytes, size}, "fuzz");
    } catch (const resnet::Error&) {
    }
    return 0;
}
