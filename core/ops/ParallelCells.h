#pragma once

#include "core/ops/Maps.h"

#include <tbb/parallel_for.h>

#include <algorithm>
#include <stop_token>

namespace resnet {

// Calls body(first cell, count) for ranges that cover the cells of all images, in parallel. A range is about
// 64 KiB of values: some microseconds, ten times what a task costs, and with its result no more than a core's
// L2 holds. Stops early on request.
template <class Body>
void forCellRanges(const MutableMapsView& maps, const std::stop_token& stop, const Body& body) {
    constexpr std::size_t valuesOfRange = std::size_t(16) * 1024;
    const std::size_t grain = std::max<std::size_t>(1, valuesOfRange / std::size_t(maps.shape.channels));
    tbb::parallel_for(tbb::blocked_range<std::size_t>(0, maps.shape.pixels() * maps.images, grain),
                      [&](const auto& range) {
                          if (!stop.stop_requested())
                              body(range.begin(), range.size());
                      });
}

// The same on the way back: calls body(gradient, values, output, cell, count) image by image, with where each
// image's values begin. One image of the operation's `values` stands for all.
template <class Body>
void forCellRangesBack(const MapsView& gradient, const MapsView& values, const MutableMapsView& output,
                       const std::stop_token& stop, const Body& body) {
    for (int image = 0; image < gradient.images; ++image) {
        const float* from = gradient.image(image);
        const float* by = values.image(values.images == 1 ? 0 : image);
        float* to = output.image(image);
        forCellRanges({to, output.shape}, stop,
                      [&](std::size_t cell, std::size_t count) { body(from, by, to, cell, count); });
    }
}

}  // namespace resnet
