#include "core/files/FileBytes.h"

#include "core/Error.h"
#include "core/files/ByteSource.h"

namespace resnet {

std::vector<std::uint8_t> readFileBytes(const std::string& path, std::uint64_t limit,
                                        const std::stop_token& stop) {
    const std::unique_ptr<ByteSource> file = openFile(path, stop);
    if (file->size() > limit)
        throw Error(path + ": expected at most " + std::to_string(limit) + " bytes, found " +
                    std::to_string(file->size()));
    std::vector<std::uint8_t> bytes(file->size());
    file->read(0, bytes.data(), bytes.size());
    return bytes;
}

}  // namespace resnet
