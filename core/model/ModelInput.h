#pragma once

#include "core/image/Image.h"
#include "core/model/Model.h"
#include "core/tensor/FeatureMaps.h"

namespace resnet {

// What of a picture the network sees, in its input size: cropped, and grey where it takes grey pictures.
Image seenBy(const Model& model, const Image& picture);

// The input tensor of what seenBy() gave, prepared as the model says.
FeatureMapsPtr inputOfSeen(const Model& model, const Image& seen);

// The input tensor of a picture of any size.
FeatureMapsPtr inputOf(const Model& model, const Image& picture);

}  // namespace resnet
