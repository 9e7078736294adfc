#pragma once

#include "core/ops/MaxPool.h"

namespace resnet {

// output[c][y][x] = mean over ky, kx of input[c][y * stride + ky - padTop][x * stride + kx - padLeft]. Cells
// outside the input do not take part; where `countsPadding` is set they count as 0 (PyTorch's default, and
// zero padding before pooling in Keras). Sums are kept in double precision.
void averagePool(const MapsView& input, const PoolWindow& window, bool countsPadding,
                 const MutableMapsView& output, const std::stop_token& stop = {});

// Gives each cell of a window the mean's share of its gradient: gradient / cells that took part.
void averagePoolBackward(const MapsView& gradient, const PoolWindow& window, bool countsPadding,
                         const MutableMapsView& output, const std::stop_token& stop = {});

}  // namespace resnet
