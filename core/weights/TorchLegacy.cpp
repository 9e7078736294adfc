#include "core/weights/TorchLegacy.h"

#include "core/Error.h"
#include "core/weights/Pickle.h"

#include <algorithm>
#include <map>

namespace resnet {

namespace {

constexpr std::uint64_t largestPickles = 8 * 1024 * 1024;
constexpr std::string_view magic("\x8a\x0a\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19.", 13);

using Kind = PickleValue::Kind;

// The element type of every storage that the object's pickle mentions, needed to step over it.
std::map<std::string_view, const PickleValue*> storagesIn(const Pickle& pickle) {
    std::map<std::string_view, const PickleValue*> storages;
    for (const PickleValue& value : pickle.values)
        if (value.kind == Kind::Storage)
            storages.emplace(pickle.at(value.items[0]).text, &value);
    return storages;
}

void refuseBigEndian(const Pickle& system, const std::string& file) {
    const PickleValue& root = system.at(system.root);
    if (root.kind != Kind::Dictionary)
        return;
    for (std::size_t i = 0; i < root.items.size(); i += 2) {
        const PickleValue& value = system.at(root.items[i + 1]);
        if (system.at(root.items[i]).text == "little_endian" && value.kind == Kind::Boolean &&
            value.integer == 0)
            throw Error(file + ": little_endian: expected true, found false; big-endian files are not read");
    }
}

struct Place {
    std::uint64_t offset = 0;
    std::uint64_t count = 0;
};

// Where the storages lie, one behind the other in the order of the keys.
std::map<std::string, Place> locateStorages(const ByteSource& source, const Pickle& object,
                                            const Pickle& keys, std::uint64_t position) {
    const std::string& file = source.name();
    const auto storages = storagesIn(object);
    const PickleValue& list = keys.at(keys.root);
    if (list.kind != Kind::List)
        throw Error(file + ": expected a list of storages, found something else");
    std::map<std::string, Place> places;
    for (const std::uint32_t item : list.items) {
        const std::string key(keys.at(item).text);
        const auto found = storages.find(key);
        if (found == storages.end())
            throw Error(file + ": storage '" + key.substr(0, 100) + "': no tensor is made of it");
        const std::string_view storageClass = object.at(found->second->items[1]).text;
        const auto kind = torchStorageKind(storageClass);
        if (!kind)
            throw Error(file + ": storage '" + key.substr(0, 100) + "': expected numbers, found '" +
                        std::string(storageClass.substr(0, 100)) + "'");
        std::int64_t count = 0;
        source.read(position, &count, sizeof count);
        position += sizeof count;
        if (count != found->second->integer)
            throw Error(file + ": storage '" + key + "': expected " + std::to_string(found->second->integer) +
                        " numbers, found " + std::to_string(count));
        std::uint64_t bytes = 0;
        if (__builtin_mul_overflow(std::uint64_t(count), kind->elementSize, &bytes) ||
            bytes > source.size() - position)
            throw Error(file + ": storage '" + key + "': the file is cut short");
        if (!places.emplace(key, Place{position, std::uint64_t(count)}).second)
            throw Error(file + ": storage '" + key + "': is there twice");
        position += bytes;
    }
    return places;
}

}  // namespace

bool looksLikeTorchLegacy(const ByteSource& source) {
    constexpr std::size_t longestStart = 32;  // with the frame of protocol 4
    const std::string start =
        source.readText(0, std::size_t(std::min<std::uint64_t>(source.size(), longestStart)));
    return start.starts_with('\x80') && start.find(magic) != start.npos;
}

TorchFile openTorchLegacy(const ByteSource& source) {
    const std::string& file = source.name();
    const std::string start = source.readText(0, std::size_t(std::min(source.size(), largestPickles)));
    std::string_view rest = start;
    const auto next = [&] {
        Pickle pickle = readPickle(rest, file);
        rest.remove_prefix(pickle.length);
        return pickle;
    };
    next();  // the magic number
    const Pickle version = next();
    if (version.at(version.root).integer != 1001)
        throw Error(file + ": version: expected 1001, found " +
                    std::to_string(version.at(version.root).integer));
    refuseBigEndian(next(), file);
    const Pickle object = next();
    TorchState state = findTorchState(object, file);
    const Pickle keys = next();
    const auto locate = [&source, places = locateStorages(source, object, keys, start.size() - rest.size())](
                            const TorchTensor& tensor) -> TorchStorage {
        const auto found = places.find(tensor.storage);
        if (found == places.end())
            throw Error(source.name() + ": tensor '" + tensor.name + "': its storage '" + tensor.storage +
                        "' is not in the file");
        return {tensor.storage, tensor.type, tensor.storageCount,
                [&source, place = found->second, type = tensor.type](float* to) {
                    decode(source, place.offset, type, to, std::size_t(place.count));
                }};
    };
    return {file, std::move(state), locate};
}

}  // namespace resnet
