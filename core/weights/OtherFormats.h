#pragma once

#include "core/files/ByteSource.h"
#include "core/files/ZipArchive.h"
#include "core/weights/TensorFile.h"

namespace resnet {

// Throws Error for what is often taken for a file of weights and is none: web pages, error messages of
// servers, Git LFS pointers, compressed files, pictures, networks of other programs. It says what the file
// is, and what to do.
void refuseOtherFormats(const ByteSource& source);

// The same for zip archives that hold no network.
[[noreturn]] void refuseOtherArchive(const ByteSource& source, const ZipArchive& archive);

// Throws Error for tensors that are known not to be the parameters of a whole network: parts of a sharded
// one, of which the file's name tells, quantised and pruned ones, and weights kept as something that makes
// them.
void refuseOtherTensors(const TensorFile& file);

}  // namespace resnet
