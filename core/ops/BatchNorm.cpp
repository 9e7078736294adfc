#include "core/ops/BatchNorm.h"

#include "core/ops/ParallelCells.h"

#include <algorithm>
#include <cmath>

namespace resnet {

FoldedBatchNorm::FoldedBatchNorm(std::span<const float> gamma, std::span<const float> beta,
                                 std::span<const float> mean, std::span<const float> variance, double epsilon)
    : m_channels(gamma.size()), m_values(2 * gamma.size()) {
    for (std::size_t c = 0; c < m_channels; ++c) {
        const double scale = gamma[c] / std::sqrt(variance[c] + epsilon);
        m_values.data()[c] = float(scale);
        m_values.data()[m_channels + c] = float(beta[c] - mean[c] * scale);
    }
}

FoldedBatchNorm::FoldedBatchNorm(std::span<const float> scale, std::span<const float> shift)
    : m_channels(scale.size()), m_values(2 * scale.size()) {
    std::copy_n(scale.data(), m_channels, m_values.data());
    std::copy_n(shift.data(), m_channels, m_values.data() + m_channels);
}

void batchNorm(const MapsView& input, const FoldedBatchNorm& folded, const MutableMapsView& output,
               const kernels::Table& kernels, const std::stop_token& stop) {
    const int channels = input.shape.channels;
    forCellRanges(output, stop, [&](std::size_t cell, std::size_t count) {
        const std::size_t first = cell * channels;
        kernels.affine(input.values + first, folded.scale(), folded.shift(), output.values + first, count,
                       channels);
    });
}

void batchNormBackward(const MapsView& gradient, const FoldedBatchNorm& folded, const MutableMapsView& output,
                       const kernels::Table& kernels, const std::stop_token& stop) {
    const int channels = gradient.shape.channels;
    forCellRanges(output, stop, [&](std::size_t cell, std::size_t count) {
        const std::size_t first = cell * channels;
        kernels.scale(gradient.values + first, folded.scale(), output.values + first, count, channels);
    });
}

}  // namespace resnet
