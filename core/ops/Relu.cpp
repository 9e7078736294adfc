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

void reluBackward(const MapsView& gradient, const MapsView& values, ReluRule rule,
                  const MutableMapsView& output, const kernels::Table& kernels, const std::stop_token& stop) {
    const std::size_t channels = std::size_t(output.shape.channels);
    forCellRangesBack(
        gradient, values, output, stop,
        [&](const float* from, const float* by, float* to, std::size_t cell, std::size_t count) {
            const std::size_t first = cell * channels;
            kernels.gate(from + first, by + first, to + first, count * channels);
            if (rule == ReluRule::Guided)
                kernels.rectify(to + first, to + first, count * channels);
        });
}

}  // namespace resnet
