#pragma once

#include "core/network/Layers.h"
#include "core/weights/KerasSettingsReader.h"

namespace resnet {

// The windows that layers of a Keras configuration state. All throw Error naming the layer and the setting
// for one that this program does not compute.

constexpr int largestStride = 16;

// kernel_size, strides and padding of a Conv2D without dilation and groups.
WindowRule convolutionWindow(const KerasSettingsReader& settings);
// pool_size, strides and padding.
WindowRule poolWindow(const KerasSettingsReader& settings);
// Rows and columns that a ZeroPadding2D adds (sign 1) or a Cropping2D takes away (sign -1).
WindowRule edgeWindow(const KerasSettingsReader& settings, const char* key, int sign);

}  // namespace resnet
