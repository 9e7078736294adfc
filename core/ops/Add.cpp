#include "core/ops/Add.h"

#include "core/ops/ParallelCells.h"

namespace resnet {

void add(const MapsView& mainPath, const MapsView& shortcut, const MutableMapsView& output,
         const kernels::Table& kernels, const std::stop_token& stop, const kernels::Gains& gains) {
    const std::size_t channels = std::size_t(output.shape.channels);
    if (isWeighted(gains)) {
        const auto from = [](const MapsView& maps, std::size_t first) {
            return maps.values ? maps.values + first : nullptr;
        };
        return forCellRanges(output, stop, [&](std::size_t cell, std::size_t count) {
            const std::size_t first = cell * channels;
            kernels.weightedAdd(from(mainPath, first), from(shortcut, first), gains, output.values + first,
                                count * channels);
        });
    }
    forCellRanges(output, stop, [&](std::size_t cell, std::size_t count) {
        const std::size_t first = cell * channels;
        kernels.add(mainPath.values + first, shortcut.values + first, output.values + first,
                    count * channels);
    });
}

}  // namespace resnet
