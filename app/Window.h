#pragma once

class QApplication;

namespace resnet::app {

struct WindowOptions;

// Opens the main window and runs until it is closed. Returns the exit status.
int runWindow(QApplication& application, const WindowOptions& options);

}  // namespace resnet::app
