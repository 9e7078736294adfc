#include "core/inference/MemoryEstimate.h"

#include "core/Error.h"
#include "core/inference/PackedNetwork.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <fstream>
#include <sstream>

namespace resnet {

MemoryEstimate memoryNeededBy(const Graph& graph, Isa isa) {
    constexpr std::int64_t floatBytes = sizeof(float);
    MemoryEstimate needed;
    needed.parameters = graph.totalParameters() * floatBytes;
    for (const Step& step : graph.steps()) {
        needed.maps += std::int64_t(step.output.size()) * floatBytes;
        if (step.kind != StepKind::Convolution)
            continue;
        const ConvolutionShape shape = convolutionShapeOf(step);
        needed.packed +=
            std::int64_t(PackedWeights::sizeOf(shape, chooseAlgorithm(shape), kernelsFor(isa).panelWidth)) *
            floatBytes;
    }
    return needed;
}

std::optional<std::int64_t> availableMemoryIn(std::string_view meminfo) {
    constexpr std::string_view key = "MemAvailable:";
    const std::size_t found = meminfo.find(key);
    if (found == std::string_view::npos)
        return std::nullopt;
    meminfo.remove_prefix(found + key.size());
    meminfo.remove_prefix(std::min(meminfo.find_first_not_of(' '), meminfo.size()));
    std::int64_t kibibytes = 0;
    const auto result = std::from_chars(meminfo.data(), meminfo.data() + meminfo.size(), kibibytes);
    if (result.ec != std::errc() || kibibytes < 0 || kibibytes > std::int64_t(1) << 50)
        return std::nullopt;
    return kibibytes * 1024;
}

std::optional<std::int64_t> availableMemory() {
    std::ostringstream text;
    text << std::ifstream("/proc/meminfo").rdbuf();
    return availableMemoryIn(text.str());
}

void requireMemory(const MemoryEstimate& needed, std::optional<std::int64_t> available) {
    if (!available || needed.total() <= *available)
        return;
    throw Error("memory: expected at most the " + bytesText(*available) + " that are available, found " +
                bytesText(needed.total()) + " (parameters " + bytesText(needed.parameters) +
                ", packed weights " + bytesText(needed.packed) + ", feature maps " + bytesText(needed.maps) +
                ")");
}

std::string bytesText(std::int64_t bytes) {
    constexpr std::array units{"B", "kB", "MB", "GB", "TB", "PB"};
    double value = double(bytes);
    std::size_t unit = 0;
    while (value >= 999.5 && unit + 1 < units.size()) {
        value /= 1000.0;
        ++unit;
    }
    std::array<char, 32> text{};
    const int decimals = value < 9.95 && unit > 0 ? 1 : 0;
    const auto end =
        std::to_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed, decimals);
    return std::string(text.data(), end.ptr) + " " + units[unit];
}

}  // namespace resnet
