#pragma once

#include "core/network/Graph.h"
#include "core/ops/Isa.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace resnet {

// What a network takes while it is open and one picture has gone through it, in bytes, known before any of it
// is made. Scratch memory is left out: it is small beside the rest.
struct MemoryEstimate {
    std::int64_t parameters = 0;
    std::int64_t packed =
        0;  // the weights once more, as the kernels read them: two to four times the parameters
    std::int64_t maps = 0;  // the outputs of all steps

    std::int64_t total() const { return parameters + packed + maps; }
};

MemoryEstimate memoryNeededBy(const Graph& graph, Isa isa = bestIsa());

// What programs can still take without swapping, in bytes: MemAvailable of /proc/meminfo. Nothing where the
// system does not say.
std::optional<std::int64_t> availableMemory();
// The same from the text of that file.
std::optional<std::int64_t> availableMemoryIn(std::string_view meminfo);

// Throws Error that tells both if more is needed than is available. Linux grants memory that is not there and
// ends the program when it is used, so nothing later would tell.
void requireMemory(const MemoryEstimate& needed, std::optional<std::int64_t> available);

// "1.4 TB", "290 MB": powers of 1000.
std::string bytesText(std::int64_t bytes);

}  // namespace resnet
