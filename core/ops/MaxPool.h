#pragma once

#include "core/ops/Maps.h"
#include "core/ops/kernels/KernelTable.h"

#include <stop_token>

namespace resnet {

struct PoolWindow {
    int kernel = 3;  // at most 8
    int stride = 2;
    int padTop = 0;
    int padLeft = 0;
};

// output[c][y][x] = max over ky, kx of input[c][y * stride + ky - padTop][x * stride + kx - padLeft]; cells
// outside the input do not take part. NaN among them wins, as in PyTorch.
void maxPool(const MapsView& input, const PoolWindow& window, const MutableMapsView& output,
             const kernels::Table& kernels, const std::stop_token& stop = {});

// Each gradient goes to the cell that was the largest of its window: the first of them, row by row, and
// not-a-number before all, as in PyTorch. Where windows overlap, gradients add up in the order of the
// windows. `input` is what was pooled, of one image for all gradients or of each.
void maxPoolBackward(const MapsView& gradient, const MapsView& input, const PoolWindow& window,
                     const MutableMapsView& output, const kernels::Table& kernels,
                     const std::stop_token& stop = {});

}  // namespace resnet
