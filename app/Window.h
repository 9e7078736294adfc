#pragma once

namespace resnet::ui {
class GuardedApplication;
}

namespace resnet::app {

struct WindowOptions;

// Opens the main window and runs until it is closed. What slots throw is told in it. Returns the exit status.
int runWindow(ui::GuardedApplication& application, const WindowOptions& options);

}  // namespace resnet::app
