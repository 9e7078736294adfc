#pragma once

#include "core/weights/TorchFile.h"
#include "core/weights/TorchState.h"

#include <functional>

namespace resnet {

// Where a container keeps a storage, and how it is read.
struct TorchStorage {
    std::string key;
    ElementType type{};
    std::int64_t count = 0;
    // Decodes all elements.
    std::function<void(float* to)> decodeAll;
};

// Reads the tensors of a state: each storage once, in parallel, straight into its tensor where that is all of
// it. `locate` finds a storage by key and throws Error if the file has none of that kind and size.
StateDict readTorchTensors(const TorchState& state, const std::string& file,
                           const std::function<TorchStorage(const TorchTensor&)>& locate);

}  // namespace resnet
