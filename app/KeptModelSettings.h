#pragma once

#include "ui/workspace/ModelMemory.h"

namespace resnet::app {

// The settings that the user gave weights files, in a file of the user's configuration.
ui::ModelMemory keptModelSettings();

// Where downloaded weights go.
QString dataFolder();

}  // namespace resnet::app
