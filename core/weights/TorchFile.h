#pragma once

#include "core/files/ByteSource.h"
#include "core/tensor/Tensor.h"

#include <string>
#include <vector>

namespace resnet {

class ZipArchive;

// A state dict that torch.save() wrote, under the names it has in the file.
struct TorchFile {
    StateDict tensors;
    std::vector<std::string> notes;
};

// The container since PyTorch 1.6: a zip archive with the pickle in <root>/data.pkl and each storage in
// <root>/data/<key>. Throws Error naming the file.
TorchFile readTorchZip(const ByteSource& source, const ZipArchive& archive);

// The container before that: five pickles (magic number, version, system, object, keys), then for each key
// the number of elements and the elements. Throws Error naming the file.
TorchFile readTorchLegacy(const ByteSource& source);
bool looksLikeTorchLegacy(const ByteSource& source);

}  // namespace resnet
