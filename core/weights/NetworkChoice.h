#pragma once

#include "core/weights/NetworkMatch.h"
#include "core/weights/TensorFile.h"

#include <memory>
#include <string>
#include <vector>

namespace resnet {

// A residual network in a file, and the path that everything of it lies below, its dense layer included.
struct NetworkPlace {
    std::string prefix;
    NetworkMatch match;
};

// What a file with several networks has: the one to take, and where the others are.
struct NetworkChoice {
    std::vector<NetworkPlace> places;  // the first is the one to take; none: the file has no network
    std::string note;                  // if there are several, which was taken and how to take another
    std::string problem;               // if there is none, why the most likely place has none
};

// Finds the networks of a file below whatever prefixes they stand. Of several, the one that `copy` names is
// taken (by its prefix, or the first or last part of that); without it the one that is no moving average of
// another, or any if they are the same number for number. Throws Error that names them if it cannot be told
// which is meant, and if `copy` names none of them.
NetworkChoice chooseNetwork(const TensorFile& file, const std::vector<NetworkModule>& modules,
                            const std::string& copy);

}  // namespace resnet
