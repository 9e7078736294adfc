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
    for (int image = 0; image < gradient.images; ++image) {
        const float* from = gradient.image(image);
        const float* by = values.image(values.images == 1 ? 0 : image);
        const MutableMapsView to(output.image(image), output.shape);
        forCellRanges(to, stop, [&](std::size_t cell, std::size_t count) {
            const std::size_t first = cell * channels;
            kernels.gate(from + first, by + first, to.values + first, count * channels);
            if (rule == ReluRule::Guided)
                kernels.rectify(to.values + first, to.values + first, count * channels);
        });
    }
}

}  // namespace resnet
