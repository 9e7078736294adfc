#pragma once

#include "core/weights/KerasLayers.h"

#include <map>
#include <string>
#include <vector>

namespace resnet {

// Path to torchvision's name for every variable that belongs to a residual network. Layers are known by their
// shapes, residual units by holding two 3 x 3 convolutions, and their order as layersOf() says. Variables
// that fit nowhere are left out.
std::map<std::string, std::string, std::less<>> torchvisionNames(const std::vector<KerasVariable>& variables,
                                                                 const std::vector<std::string>& layerOrder);

}  // namespace resnet
