#pragma once

#include "core/weights/BesideNetwork.h"
#include "core/weights/TensorFile.h"

#include <optional>
#include <string>
#include <vector>

namespace resnet {

// What to read of a PyTorch file, and under which names.
struct NetworkNames {
    TensorNames names;  // torchvision's, as far as a network was found
    std::optional<NormaliseLayer> normaliseLayer;
    std::vector<std::string> notes;  // what was left out, renamed and assumed, one line each
    std::string problem;             // why no network was found by structure; empty if one was
};

// Finds the network in a file by structure and shape (NetworkMatch.h), under any prefix and any names, leaves
// out what is no part of it, and says so. Where there is none, all tensors keep their names, without the
// prefix of one that has torchvision's. `copy` names one of several networks (NetworkChoice.h);
// `otherEntries` lie beside the tensors. Throws Error if something cannot be told, for what is a residual
// network but for one thing, and for what refuseOtherTensors() names.
NetworkNames nameNetwork(const TensorFile& file, const std::string& copy,
                         const std::vector<std::string>& otherEntries = {});

}  // namespace resnet
