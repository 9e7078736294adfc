#pragma once

#include <cstddef>
#include <cstdint>

namespace resnet {

// CRC-32 as zip archives use it (reflected polynomial 0xEDB88320). `crc` is that of what came before, 0 at
// the start. Folds with carry-less multiplication where the processor has it.
std::uint32_t crc32(std::uint32_t crc, const void* bytes, std::size_t count);

// The same by tables on any processor.
std::uint32_t crc32ByTables(std::uint32_t crc, const void* bytes, std::size_t count);

}  // namespace resnet
