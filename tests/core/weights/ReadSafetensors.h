#pragma once

#include "core/weights/SafetensorsReader.h"

#include <string>

namespace resnet {

// All of a safetensors file but the counts of batches.
struct SafetensorsContent {
    StateDict tensors;
    Metadata metadata;
};

inline SafetensorsContent readSafetensors(const ByteSource& source) {
    const SafetensorsFile file(source);
    TensorNames names;
    for (std::size_t i = 0; i < file.tensors().size(); ++i)
        if (!file.tensors()[i].name.ends_with("num_batches_tracked"))
            names[i] = file.tensors()[i].name;
    return {file.read(names), file.metadata()};
}

inline SafetensorsContent readSafetensors(const std::string& path) {
    return readSafetensors(*openFile(path));
}

}  // namespace resnet
