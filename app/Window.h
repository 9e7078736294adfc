#pragma once

#include "ui/workspace/ModelMemory.h"

#include <QRect>

namespace resnet::ui {
class GuardedApplication;
}

namespace resnet::app {

struct WindowOptions;

// The settings that the user gave weights files, in a file of the user's configuration.
ui::ModelMemory keptModelSettings();

// Where a window of the proposed size is put at the first start, with its frame, so that its foot and its
// title can be reached: in the middle of the room that a screen has, smaller where that is too little, but
// never below its least size.
QRect firstPlace(const QRect& room, const QSize& proposed, const QSize& least);

// Opens the main window and runs until it is closed. What slots throw is told in it. Returns the exit status.
int runWindow(ui::GuardedApplication& application, const WindowOptions& options);

}  // namespace resnet::app
