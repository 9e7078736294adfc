#pragma once

#include "core/inference/Run.h"
#include "ui/drawing/DiagramContent.h"

namespace resnet::ui {

// How many maps a block shows at most.
inline constexpr int thumbnailMaps = 12;

// The channels that vary most, most varying first: the ones worth a thumbnail.
std::vector<int> tellingChannels(const FeatureMaps& maps, int count);

// A step's output as small pictures in the colours of the ground, one scale a channel. A vector becomes bars
// if it is short, else a field of cells.
//
// `scaledLike` is for maps that are no outputs: those whose channels they share their scales with.
StepPictures picturesOf(const Step& step, const FeatureMaps& maps, int count = thumbnailMaps,
                        bool isOnDark = false, const FeatureMaps* scaledLike = nullptr);
// One channel only.
StepPictures pictureOf(const Step& step, const FeatureMaps& maps, int channel, bool isOnDark = false,
                       const FeatureMaps* scaledLike = nullptr);

}  // namespace resnet::ui
