#include "core/explain/Kernels.h"

namespace resnet {

FeatureMapsPtr kernelsOf(const Network& network, StepId convolution, int channel) {
    // out x in x height x width
    const Tensor& weight = network.parameter(convolution, "weight");
    const int inputs = int(weight.shape[1]);
    const int height = int(weight.shape[2]);
    const int width = int(weight.shape[3]);
    auto maps = std::make_shared<FeatureMaps>(FeatureShape{inputs, height, width});
    const float* values = weight.values.data() + std::size_t(channel) * maps->size();
    for (int c = 0; c < inputs; ++c)
        for (int y = 0; y < height; ++y)
            for (int x = 0; x < width; ++x)
                maps->at(c, y, x) = *values++;
    return maps;
}

}  // namespace resnet
