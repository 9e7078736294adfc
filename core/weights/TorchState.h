#pragma once

#include "core/weights/Pickle.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace resnet {

// A tensor as a pickle describes it: a strided window into a storage that lies elsewhere in the file.
struct TorchTensor {
    std::string name;     // with the keys of all dictionaries that it is in: "state_dict.conv1.weight"
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

// All tensors of a pickle, whatever dictionaries and lists they are in.
struct TorchState {
    std::vector<TorchTensor> tensors;  // in the order of the pickle
    std::vector<std::string> others;   // entries of the outermost dictionary in which no tensor is
    std::vector<std::string> notes;
};

// Every tensor's window is checked against its storage. Tensors of other kinds than numbers, such as complex
// and quantised ones, are left out. Throws Error that begins with `file`, also if there is no tensor.
TorchState findTorchState(const Pickle& pickle, const std::string& file);

// A kind of storage: "torch HalfStorage".
struct TorchStorageKind {
    std::size_t elementSize;          // bytes
    std::optional<ElementType> type;  // nothing for complex and quantised numbers
};

// Nothing for a text that names none.
std::optional<TorchStorageKind> torchStorageKind(std::string_view storageClass);

}  // namespace resnet
