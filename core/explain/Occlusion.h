#pragma once

#include "core/inference/PackedNetwork.h"
#include "core/inference/Run.h"

#include <functional>
#include <memory>
#include <optional>
#include <stop_token>

namespace resnet {

// Which parts of the image a class depends on: a patch hides one after the other, and the class's score drops
// the more the class needs what is hidden (Zeiler & Fergus, "Visualizing and Understanding Convolutional
// Networks", 2014, section 4.2).
struct OcclusionRequest {
    int classIndex = 0;
    int patch = 32;      // side in pixels, 1 to 1024
    int stride = 16;     // pixels from one patch to the next, 1 to 1024
    float value = 0.0f;  // of the input tensor under the patch; 0 is the mean colour

    bool operator==(const OcclusionRequest&) const = default;
};

// One cell for each stride x stride block of the image (the last ones may be smaller); the patch is centred
// on its block and cut off at the border.
struct OcclusionMap {
    FeatureMaps logitDrop;        // 1 x rows x columns; positive: the class needs what was hidden
    FeatureMaps probabilityDrop;  // the same of the probability
    double logit = 0.0;           // with nothing hidden
    double probability = 0.0;
};

// A patch that is done.
struct OcclusionProgress {
    int done = 0;
    int total = 0;
    int row = 0;  // its cell
    int column = 0;
    float logitDrop = 0.0f;
    float probabilityDrop = 0.0f;
};

// How many cells the map will have: channels is 1.
FeatureShape occlusionShape(const FeatureShape& input, const OcclusionRequest& request);

// `unhidden` is a finished run over the image, of the network that `packed` is of; its edits hold for the
// hidden ones, too. Patch by patch in the order of the rows, the same bits every time; nothing is returned
// when stopped. The observer is called on this thread. Throws Error if the request is out of range or the
// pass is not finished.
std::optional<OcclusionMap> occlude(const std::shared_ptr<const PackedNetwork>& packed, const Run& unhidden,
                                    const OcclusionRequest& request, const std::stop_token& stop = {},
                                    const std::function<void(const OcclusionProgress&)>& observer = {});

}  // namespace resnet
