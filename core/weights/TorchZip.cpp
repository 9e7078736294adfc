#include "core/weights/TorchZip.h"

#include "core/Error.h"
#include "core/weights/OtherFormats.h"
#include "core/weights/Pickle.h"

namespace resnet {

namespace {

constexpr std::uint64_t largestPickle = 8 * 1024 * 1024;

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

}  // namespace resnet
