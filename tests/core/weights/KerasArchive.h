#pragma once

#include "core/files/ByteSource.h"
#include "core/files/ZipArchive.h"

#include <string>

namespace resnet {

// The .weights.h5 file that a .keras file holds.
inline std::string weightsInArchive(const std::string& path) {
    const auto source = openFile(path);
    const ZipArchive archive(*source);
    return archive.readText(*archive.find("model.weights.h5"), 1 << 24);
}

}  // namespace resnet
