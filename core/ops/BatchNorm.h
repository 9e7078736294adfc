#pragma once

#include "core/ops/Maps.h"
#include "core/ops/kernels/KernelTable.h"
#include "core/tensor/AlignedBuffer.h"

#include <span>
#include <stop_token>

namespace resnet {

// Batch norm of a trained network, whose mean and variance are constants, is one multiply-add per value
// (Ioffe & Szegedy, "Batch Normalization: Accelerating Deep Network Training by Reducing Internal Covariate
// Shift", 2015, algorithm 2):
//   output[c] = gamma[c] * (input[c] - mean[c]) / sqrt(variance[c] + epsilon) + beta[c]
//             = input[c] * scale[c] + shift[c]
class FoldedBatchNorm {
public:
    FoldedBatchNorm(std::span<const float> gamma, std::span<const float> beta, std::span<const float> mean,
                    std::span<const float> variance, double epsilon);
    // The line itself, one factor and offset per channel.
    FoldedBatchNorm(std::span<const float> scale, std::span<const float> shift);

    const float* scale() const { return m_values.data(); }
    const float* shift() const { return m_values.data() + m_channels; }

private:
    std::size_t m_channels;
    AlignedBuffer m_values;
};

void batchNorm(const MapsView& input, const FoldedBatchNorm& folded, const MutableMapsView& output,
               const kernels::Table& kernels, const std::stop_token& stop = {});

// output[c] = gradient[c] * scale[c].
void batchNormBackward(const MapsView& gradient, const FoldedBatchNorm& folded, const MutableMapsView& output,
                       const kernels::Table& kernels, const std::stop_token& stop = {});

}  // namespace resnet
