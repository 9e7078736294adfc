#pragma once

#include "app/hdf5helper/Handle.h"

#include <cstdint>

namespace resnet::hdf5 {

// Opens `length` bytes at `offset` of standard input, which is a file, as an HDF5 file. They are read where
// and when libhdf5 asks for them, so that the file is never in memory as a whole, and nothing else can be
// reached. Throws Error if it cannot be opened.
Handle openInput(std::uint64_t offset, std::uint64_t length);

}  // namespace resnet::hdf5
