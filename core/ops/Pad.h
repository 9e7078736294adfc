#pragma once

#include "core/ops/Maps.h"

#include <stop_token>

namespace resnet {

struct PadWindow {
    int stride = 1;
    int padTop = 0;   // below 0: rows are cut off
    int padLeft = 0;  // below 0: columns are cut off
    int channelsBefore = 0;
};

// output[channelsBefore + c][y][x] = input[c][y * stride - padTop][x * stride - padLeft], and 0 where there
// is no such cell or channel. Zero padding, cropping, and the shortcut without parameters of He et al. (2015,
// section 3.3, option A): every second pixel, zeros for the new channels.
void pad(const MapsView& input, const PadWindow& window, const MutableMapsView& output,
         const std::stop_token& stop = {});

// Takes the gradient back to the cells and channels that were copied; the others get none.
void padBackward(const MapsView& gradient, const PadWindow& window, const MutableMapsView& output,
                 const std::stop_token& stop = {});

}  // namespace resnet
