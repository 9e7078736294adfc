#pragma once

#include "core/files/ZipArchive.h"
#include "core/weights/TorchFile.h"

namespace resnet {

// The container since PyTorch 1.6: a zip archive with the pickle in <root>/data.pkl and each storage in
// <root>/data/<key>. The archive must outlive the file. Throws Error naming the file.
TorchFile openTorchZip(const ByteSource& source, const ZipArchive& archive);

}  // namespace resnet
