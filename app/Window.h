#pragma once

#include "ui/workspace/ModelMemory.h"

namespace resnet::ui {
class GuardedApplication;
}

namespace resnet::app {

struct WindowOptions;

// The settings that the user gave weights files, in a file of the user's configuration.
ui::ModelMemory keptModelSettings();

// Opens the main window and runs until it is closed. What slots throw is told in it. Returns the exit status.
int runWindow(ui::GuardedApplication& application, const WindowOptions& options);

}  // namespace resnet::app
