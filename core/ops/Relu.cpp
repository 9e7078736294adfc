#include "core/ops/Relu.h"

#include "core/ops/ParallelCells.h"

namespace resnet {

void relu(const MapsView& input, const MutableMapsView& output, const kernels::Table& kernels,
          const std::stop_token& stop) {
    const std::size_t channels = std::size_t(output.shape.channels);
    forCellRanges(output, stop, [&](std::size_t cell, std::size_t count) {
        kernels.rectify(input.values + cell * channels, output.values + cell * channels, count * channels);
    });
}

}  // namespace resnet
