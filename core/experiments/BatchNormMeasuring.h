#pragma once

#include "core/inference/PackedNetwork.h"

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>

namespace resnet {

// Batch norm's statistics measured anew: a unit that is switched off shifts what later batch norms see, and
// this tells apart what the unit did from what their old statistics do.
//
// As PyTorch's batch norm does in training mode with momentum=None and all pictures as one batch: layer after
// layer, so that later batch norms see the earlier ones measured anew. Over all cells of all pictures, n in
// number,
//   mean = sum of x / n,   biased variance = sum of (x - mean)^2 / n.
// While measuring, values are normalised with the biased variance; the network keeps the unbiased one, times
// n / (n - 1), as running_var.
struct MeasuredNetwork {
    // With the edits' weights under the units' own names and the new statistics.
    std::shared_ptr<const Network> network;
    Edits gains;  // what is left of the edits for a pass over it
};

inline constexpr int fewestMeasuredPictures = 8;
inline constexpr int advisedMeasuredPictures = 32;  // below, statistics are rough

// How many pictures measuring holds at a time in 1 GB: every picture's maps of a step or two.
int mostMeasuredPictures(const Graph& graph);

// Nothing when stopped. Throws Error for fewer pictures than fewestMeasuredPictures, more than
// mostMeasuredPictures(), inputs of another shape, and edits that cannot be made.
std::optional<MeasuredNetwork> withMeasuredBatchNorm(const std::shared_ptr<const PackedNetwork>& packed,
                                                     const Edits& edits,
                                                     std::span<const FeatureMapsPtr> pictures,
                                                     const std::stop_token& stop = {});

}  // namespace resnet
