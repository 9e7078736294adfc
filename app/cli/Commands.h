#pragma once

#include "app/cli/Command.h"

namespace resnet::app {

// Every subcommand of the program, in the order --help lists them.
const QList<Command>& commands();

Command benchmarkCommand();
Command convertCommand();
Command mapsCommand();
Command diagramCommand();
Command predictCommand();
Command runCommand();
Command summaryCommand();
Command explainCommand();
Command traceCommand();
Command statsCommand();
Command animateCommand();
Command gradientsCommand();
Command pathsCommand();
Command receptiveCommand();
Command trustCommand();
Command experimentCommand();
Command compareCommand();
Command landscapeCommand();
Command trainingCommand();

}  // namespace resnet::app
