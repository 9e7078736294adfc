#pragma once

#include "core/weights/TensorFile.h"

namespace resnet {

// All tensors of a file under the names that they have there.
inline StateDict readAll(const TensorFile& file) {
    TensorNames names;
    for (std::size_t i = 0; i < file.tensors().size(); ++i)
        names[i] = file.tensors()[i].name;
    return file.read(names);
}

}  // namespace resnet
