#pragma once

#include "app/cli/Command.h"
#include "core/model/Model.h"

namespace resnet::app {

// The weights file asked for; else, if the flags describe one, a network without weights; else the bundled
// network. Tells what had to be guessed on stderr. Throws Error, or
// Interrupted.
ModelPtr openNetwork(const NetworkOptions& options, const std::stop_token& stop);
ModelPtr openNetwork(const Invocation& invocation);

// The step of this name, or `inputStep` for "input". Throws UsageError.
StepId stepNamed(const QString& name, const Graph& graph);

}  // namespace resnet::app
