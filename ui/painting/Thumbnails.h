#pragma once

#include "core/inference/Run.h"
#include "ui/drawing/DiagramContent.h"

namespace resnet::ui {

// The channels that vary most, most varying first: the ones worth a thumbnail.
std::vector<int> tellingChannels(const FeatureMaps& maps, int count);

// One channel of a step's output as a small picture in the colours of the ground, on its own scale. A vector
// becomes bars if it is short, else a field of cells.
//
// `scaledLike` is for maps that are no outputs: those whose channels they share their scales with.
StepPictures pictureOf(const Step& step, const FeatureMaps& maps, ShownChannel shown, bool isOnDark = false,
                       const FeatureMaps* scaledLike = nullptr);

}  // namespace resnet::ui
