#pragma once

#include "core/tensor/Tensor.h"
#include "core/weights/Pickle.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace resnet {

// A tensor as a pickle describes it: a strided window into a storage that lies elsewhere in the file.
struct TorchTensor {
    std::string name;
    std::string storage;  // its key
    ElementType type{};
    std::int64_t storageCount = 0;  // elements
    std::int64_t offset = 0;        // the rest in elements, too
    std::vector<std::int64_t> shape;
    std::vector<std::int64_t> stride;

    std::int64_t count() const;
    // The whole storage in its order.
    bool isWholeStorage() const;
};

struct TorchState {
    std::vector<TorchTensor> tensors;
    std::vector<std::string> notes;
};

// Finds the state dict in a pickle: the pickled dictionary itself, or one of those a training checkpoint
// wraps it in. Every tensor's window is checked against its storage. Throws Error that begins with `file`.
TorchState findTorchState(const Pickle& pickle, const std::string& file);

// The element type of a storage class: "torch HalfStorage". Throws Error for any other text.
ElementType torchElementType(std::string_view storageClass);

}  // namespace resnet
