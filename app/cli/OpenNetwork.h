#pragma once

#include "app/cli/NetworkOptions.h"

namespace resnet::app {

// The weights file asked for; else, if the flags describe one, a network without weights; else the bundled
// network. Tells what had to be guessed on stderr. Throws Error.
ModelPtr openNetwork(const NetworkOptions& options);

}  // namespace resnet::app
