#pragma once

#include <cstdint>
#include <stop_token>
#include <string>
#include <vector>

namespace resnet {

// All bytes of a regular file. Throws Error naming the file if it is a folder, a pipe or a device, is larger
// than `limit` bytes, cannot be read, becomes shorter while being read, or reading is stopped.
std::vector<std::uint8_t> readFileBytes(const std::string& path, std::uint64_t limit,
                                        const std::stop_token& stop = {});

}  // namespace resnet
