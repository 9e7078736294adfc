#pragma once

#include "core/files/ByteSource.h"
#include "core/files/ZipArchive.h"
#include "core/weights/TensorFile.h"
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

// A file that torch.save() wrote, whatever its container. Each storage is read once, in parallel, straight
// into its tensor where that is all of it.
class TorchFile final : public TensorFile {
public:
    // Finds a tensor's storage; throws Error if the file has none of that kind and size.
    using Locate = std::function<TorchStorage(const TorchTensor&)>;

    TorchFile(std::string name, TorchState state, Locate locate);

    const std::vector<std::string>& others() const { return m_state.others; }
    const std::vector<std::string>& notes() const { return m_state.notes; }

    const std::string& name() const override { return m_name; }
    const std::vector<ListedTensor>& tensors() const override { return m_tensors; }
    bool isInOrder() const override { return true; }
    StateDict read(const TensorNames& names) const override;

private:
    std::string m_name;
    TorchState m_state;
    Locate m_locate;
    std::vector<ListedTensor> m_tensors;
};

// The container since PyTorch 1.6: a zip archive with the pickle in <root>/data.pkl and each storage in
// <root>/data/<key>. The archive must outlive the file. Throws Error naming the file.
TorchFile openTorchZip(const ByteSource& source, const ZipArchive& archive);

// The container before PyTorch 1.6: five pickles (magic number, version, system, object, keys), then for each
// key the number of elements and the elements. The source must outlive the file. Throws Error naming the
// file.
TorchFile openTorchLegacy(const ByteSource& source);
bool looksLikeTorchLegacy(const ByteSource& source);

}  // namespace resnet
