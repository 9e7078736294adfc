#pragma once

#include <QString>

namespace resnet::app {

struct Command;

// What --help prints: usage, options with their values and defaults, all within 100 columns.
QString programHelpText();
QString helpText(const Command& command);

}  // namespace resnet::app
