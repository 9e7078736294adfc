#pragma once

#include "core/weights/NetworkModules.h"

#include <string>
#include <utility>
#include <vector>

namespace resnet {

// A residual network found among modules by structure and shape.
struct NetworkMatch {
    // Each module with the name that torchvision gives it: conv1, bn1, layer1.0.conv1, layer2.0.downsample.0,
    // and post_bn for the last norm of units with pre-activation. The dense layer is not among them.
    std::vector<std::pair<const NetworkModule*, std::string>> layers;
    std::vector<std::string> units;  // paths that the modules of each unit lie below
    std::string root;                // the longest path that all of them lie below
    std::int64_t lastChannels = 0;
    std::vector<std::string> notes;  // what was assumed between the layers
    std::string problem;             // why it is none; empty if it is one
    bool isClose = false;            // it is one but for the problem, which is therefore to be told
};

// Modules are sorted by path. `isInOrder`: their order in the file is that of the network.
NetworkMatch matchNetwork(const std::vector<const NetworkModule*>& modules, bool isInOrder);

}  // namespace resnet
