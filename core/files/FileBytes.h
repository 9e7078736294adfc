#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace resnet {

// All bytes of a regular file. Throws Error naming the file if it is a folder, a pipe or a device, is larger
// than `limit` bytes, cannot be read, or becomes shorter while being read.
std::vector<std::uint8_t> readFileBytes(const std::string& path, std::uint64_t limit);

}  // namespace resnet
