#include "core/weights/TorchFile.h"

#include "core/Error.h"
#include "core/weights/OtherFormats.h"
#include "core/weights/Pickle.h"

#include <tbb/parallel_for_each.h>

#include <algorithm>
#include <map>
#include <mutex>

namespace resnet {

namespace {

struct Job {
    TorchStorage storage;
    std::vector<std::pair<const TorchTensor*, Tensor*>> tensors;
};

void gather(const TorchTensor& from, const std::vector<float>& storage, std::vector<float>& to) {
    std::vector<std::int64_t> index(from.shape.size(), 0);
    std::int64_t position = from.offset;
    for (float& value : to) {
        value = storage[std::size_t(position)];
        for (std::size_t axis = index.size(); axis-- > 0;) {
            position += from.stride[axis];
            if (++index[axis] < from.shape[axis])
                break;
            position -= from.stride[axis] * from.shape[axis];
            index[axis] = 0;
        }
    }
}

// Tensors may share storages. A thousand that share a large one would take more memory than any machine has,
// and so would a huge storage for the sake of one number.
void checkSharing(const std::vector<Job>& jobs, const std::string& file) {
    for (const Job& job : jobs) {
        std::int64_t count = 0;
        for (const auto& [view, tensor] : job.tensors)
            if (__builtin_add_overflow(count, view->count(), &count) || count > 2 * job.storage.count)
                throw Error(file + ": storage '" + job.storage.key + "': its tensors overlap");
        constexpr std::int64_t unusedAllowed = 8'000'000;  // numbers: 32 MB
        if (job.storage.count / 2 > count + unusedAllowed)
            throw Error(file + ": storage '" + job.storage.key +
                        "': its tensors use only a small part of it");
    }
}

}  // namespace

TorchFile::TorchFile(std::string name, TorchState state, Locate locate)
    : m_name(std::move(name)), m_state(std::move(state)), m_locate(std::move(locate)) {
    for (const TorchTensor& tensor : m_state.tensors)
        m_tensors.push_back({tensor.name, tensor.type, tensor.shape});
}

StateDict TorchFile::read(const TensorNames& names) const {
    refuseUndecodable(*this, names);
    StateDict tensors;
    std::vector<Job> jobs;
    std::map<std::string_view, std::size_t> jobOfKey;
    for (const auto& [place, name] : names) {
        const TorchTensor& tensor = m_state.tensors[place];
        const auto [found, isNew] = jobOfKey.emplace(tensor.storage, jobs.size());
        if (isNew)
            jobs.push_back({m_locate(tensor), {}});
        Job& job = jobs[found->second];
        if (tensor.type != job.storage.type || tensor.storageCount != job.storage.count)
            throw Error(m_name + ": tensor '" + tensor.name + "': its storage is described in two ways");
        Tensor& target = tensors[name];
        target.shape = tensor.shape;
        job.tensors.emplace_back(&tensor, &target);
    }
    checkSharing(jobs, m_name);

    std::mutex oneCopyAtATime;  // keeps the memory for whole storages to that of the largest
    tbb::parallel_for_each(jobs, [&](const Job& job) {
        if (job.tensors.size() == 1 && job.tensors.front().first->isWholeStorage()) {
            std::vector<float>& values = job.tensors.front().second->values;
            allocateValues(values, std::size_t(job.storage.count));
            job.storage.decodeAll(values.data());
            return;
        }
        const std::lock_guard lock(oneCopyAtATime);
        std::vector<float> whole;
        allocateValues(whole, std::size_t(job.storage.count));
        job.storage.decodeAll(whole.data());
        for (const auto& [view, tensor] : job.tensors) {
            allocateValues(tensor->values, std::size_t(view->count()));
            gather(*view, whole, tensor->values);
        }
    });
    return tensors;
}

namespace {

constexpr std::uint64_t largestPickle = std::uint64_t(8) * 1024 * 1024;

// "<root>/" of the only data.pkl.
std::string rootOf(const ByteSource& source, const ZipArchive& archive) {
    std::string root;
    bool isFound = false;
    for (const ZipEntry& entry : archive.entries()) {
        constexpr std::string_view pickle = "/data.pkl";
        if (!entry.name.ends_with(pickle) || entry.name.find('/') != entry.name.size() - pickle.size())
            continue;
        if (isFound)
            throw Error(source.name() + ": expected one data.pkl, found two");
        root = entry.name.substr(0, entry.name.size() - pickle.size() + 1);
        isFound = true;
    }
    if (!isFound)
        refuseOtherArchive(source, archive);
    return root;
}

void decodeEntry(const ZipArchive& archive, const ZipEntry& entry, ElementType type, float* to) {
    if (type == ElementType::F32)
        return archive.read(entry, reinterpret_cast<char*>(to));
    archive.read(entry, [&](const char* bytes, std::size_t count) {
        decode(bytes, type, to, count / byteSize(type));  // pieces are multiples of every size
        to += count / byteSize(type);
    });
}

}  // namespace

TorchFile openTorchZip(const ByteSource& source, const ZipArchive& archive) {
    const std::string& file = source.name();
    const std::string root = rootOf(source, archive);
    if (archive.find(root + "constants.pkl") != nullptr)
        throw Error(
            file +
            ": is a TorchScript archive, a program with its weights; expected a state dict: in PyTorch, "
            "torch.save(torch.jit.load(FILE).state_dict(), \"weights.pth\")");
    if (const ZipEntry* order = archive.find(root + "byteorder"))
        if (archive.readText(*order, 100) != "little")
            throw Error(file +
                        ": byteorder: expected little, found something else; big-endian files are not read");

    const std::string bytes = archive.readText(*archive.find(root + "data.pkl"), largestPickle);
    TorchState state = findTorchState(readPickle(bytes, file), file);
    const auto locate = [&archive, file, root](const TorchTensor& tensor) -> TorchStorage {
        const ZipEntry* entry = archive.find(root + "data/" + tensor.storage);
        if (entry == nullptr)
            throw Error(file + ": tensor '" + tensor.name + "': its storage 'data/" + tensor.storage +
                        "' is not in the archive");
        std::uint64_t expected = 0;
        if (__builtin_mul_overflow(std::uint64_t(tensor.storageCount), byteSize(tensor.type), &expected) ||
            expected != entry->size)
            throw Error(file + ": tensor '" + tensor.name + "': expected a storage of " +
                        std::to_string(tensor.storageCount) + " " + std::string(name(tensor.type)) +
                        ", found " + std::to_string(entry->size) + " bytes");
        return {tensor.storage, tensor.type, tensor.storageCount,
                [&archive, entry, type = tensor.type](float* to) { decodeEntry(archive, *entry, type, to); }};
    };
    return {file, std::move(state), locate};
}

namespace {

constexpr std::uint64_t largestPickles = std::uint64_t(8) * 1024 * 1024;
constexpr std::string_view magic("\x8a\x0a\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19.", 13);

using ValueKind = PickleValue::Kind;

// The element type of every storage that the object's pickle mentions, needed to step over it.
std::map<std::string_view, const PickleValue*> storagesIn(const Pickle& pickle) {
    std::map<std::string_view, const PickleValue*> storages;
    for (const PickleValue& value : pickle.values)
        if (value.kind == ValueKind::Storage)
            storages.emplace(pickle.at(value.items[0]).text, &value);
    return storages;
}

void refuseBigEndian(const Pickle& system, const std::string& file) {
    const PickleValue& root = system.at(system.root);
    if (root.kind != ValueKind::Dictionary)
        return;
    for (std::size_t i = 0; i < root.items.size(); i += 2) {
        const PickleValue& value = system.at(root.items[i + 1]);
        if (system.at(root.items[i]).text == "little_endian" && value.kind == ValueKind::Boolean &&
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
    if (list.kind != ValueKind::List)
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
