#pragma once

#include "core/tensor/Tensor.h"
#include "tests/core/weights/PickleBytes.h"
#include "tests/core/weights/TensorBytes.h"

#include <string>
#include <vector>

namespace resnet::pickled {

enum class Container { Zip, Legacy };

inline std::string counted(std::int64_t count, const std::string& bytes) {
    std::string result;
    appendNumber(result, count);
    return result + bytes;
}

// The older container around a pickled object: `keys` is the pickled list of storages, `storages` their
// bytes.
inline std::string legacy(const std::string& object, const std::string& keys, const std::string& storages,
                          const std::string& littleEndian = "\x88") {
    return std::string("\x80\x02\x8a\x0a\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19.", 15) +
           whole(integer(1001)) + whole(dictionary({{"little_endian", littleEndian}})) + whole(object) +
           whole(keys) + storages;
}

// What torch.save(model.state_dict()) writes: each tensor in a storage of its own, and after every batch norm
// the count of batches. The type is one that encoded() knows. With `wrappedIn`, a training checkpoint has it
// under that key.
inline std::string stateDictBytes(const StateDict& parameters, Container container,
                                  ElementType type = ElementType::F32, const std::string& wrappedIn = {}) {
    const std::string storageClass = type == ElementType::F16    ? "HalfStorage"
                                     : type == ElementType::BF16 ? "BFloat16Storage"
                                     : type == ElementType::F64  ? "DoubleStorage"
                                                                 : "FloatStorage";
    std::vector<std::pair<std::string, std::string>> entries;
    std::vector<ZipPart> storages;
    std::string keys, contents;
    const auto add = [&](const std::string& name, const std::string& kind, int count,
                         const std::vector<int>& shape, const std::string& bytes) {
        const std::string key = std::to_string(entries.size());
        std::vector<int> stride(shape.size(), 1);
        for (std::size_t i = shape.size(); i-- > 1;)
            stride[i - 1] = stride[i] * shape[i];
        entries.emplace_back(name, tensor(storage(kind, key, count), 0, shape, stride));
        if (container == Container::Zip)
            storages.push_back({"archive/data/" + key, bytes});
        else
            contents += counted(count, bytes);
        keys += text(key);
    };
    for (const auto& [name, tensor] : parameters) {
        add(name, storageClass, int(tensor.values.size()), {tensor.shape.begin(), tensor.shape.end()},
            encoded(tensor.values, type));
        if (name.ends_with(".running_var"))
            add(name.substr(0, name.rfind('.')) + ".num_batches_tracked", "LongStorage", 1, {},
                std::string(sizeof(std::int64_t), '\0'));
    }
    std::string object = dictionary(entries);
    if (!wrappedIn.empty())
        object = dictionary({{"epoch", integer(90)},
                             {"args", global("argparse", "Namespace") + ")\x81}b"},
                             {"optimizer", dictionary({{"state", "}"}})},
                             {wrappedIn, object}});
    return container == Container::Zip ? archive(object, storages)
                                       : legacy(object, "](" + keys + "e", contents);
}

}  // namespace resnet::pickled
