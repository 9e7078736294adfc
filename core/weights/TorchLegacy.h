#pragma once

#include "core/files/ByteSource.h"
#include "core/weights/TorchFile.h"

namespace resnet {

// The container before PyTorch 1.6: five pickles (magic number, version, system, object, keys), then for each
// key the number of elements and the elements. The source must outlive the file. Throws Error naming the
// file.
TorchFile openTorchLegacy(const ByteSource& source);
bool looksLikeTorchLegacy(const ByteSource& source);

}  // namespace resnet
