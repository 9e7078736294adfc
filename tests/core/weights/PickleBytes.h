#pragma once

#include "tests/core/weights/ZipBytes.h"

#include <string>
#include <vector>

namespace resnet::pickled {

// Pieces of pickles of protocol 2, as torch.save() writes them.

inline std::string text(const std::string& value) {
    std::string bytes = "X";
    appendNumber(bytes, std::uint32_t(value.size()));
    return bytes + value;
}

inline std::string integer(std::int32_t value) {
    std::string bytes = "J";
    appendNumber(bytes, value);
    return bytes;
}

inline std::string global(const std::string& module, const std::string& name) {
    return "c" + module + "\n" + name + "\n";
}

inline std::string tuple(const std::vector<std::string>& items) {
    std::string bytes = "(";
    for (const std::string& item : items)
        bytes += item;
    return bytes + "t";
}

inline std::string integers(const std::vector<int>& values) {
    std::vector<std::string> items;
    for (const int value : values)
        items.push_back(integer(value));
    return tuple(items);
}

inline std::string dictionary(const std::vector<std::pair<std::string, std::string>>& items) {
    std::string bytes = "}(";
    for (const auto& [key, value] : items)
        bytes += text(key) + value;
    return bytes + "u";
}

inline std::string storage(const std::string& type, const std::string& key, int count) {
    return tuple({text("storage"), global("torch", type), text(key), text("cpu"), integer(count)}) + "Q";
}

inline std::string tensor(const std::string& storage, int offset, const std::vector<int>& size,
                          const std::vector<int>& stride) {
    return global("torch._utils", "_rebuild_tensor_v2") +
           tuple({storage, integer(offset), integers(size), integers(stride), "\x89",
                  global("collections", "OrderedDict") + ")R"}) +
           "R";
}

inline std::string whole(const std::string& object) {
    return "\x80\x02" + object + ".";
}

// A .pth file of one pickle and the storages that it names.
inline std::string archive(const std::string& object, const std::vector<ZipPart>& storages = {}) {
    std::vector<ZipPart> parts{{"archive/data.pkl", whole(object)}, {"archive/version", "3\n"}};
    parts.insert(parts.end(), storages.begin(), storages.end());
    return zipBytes(parts);
}

}  // namespace resnet::pickled
