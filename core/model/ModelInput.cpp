#include "core/model/ModelInput.h"

#include "core/image/Preprocessing.h"

namespace resnet {

Image seenBy(const Model& model, const Image& picture) {
    const NetworkSpec& spec = model.graph().spec();
    return asSeen(cropForNetwork(picture, model.preprocessing, spec.inputHeight, spec.inputWidth),
                  spec.inputChannels);
}

FeatureMapsPtr inputOfSeen(const Model& model, const Image& seen) {
    return std::make_shared<FeatureMaps>(
        normalise(seen, model.preprocessing, model.graph().spec().inputChannels));
}

FeatureMapsPtr inputOf(const Model& model, const Image& picture) {
    return inputOfSeen(model, seenBy(model, picture));
}

}  // namespace resnet
