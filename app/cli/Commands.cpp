#include "app/cli/Commands.h"

namespace resnet::app {

const QList<Command>& commands() {
    static const QList<Command> all{
        predictCommand(),   summaryCommand(),   runCommand(),       mapsCommand(),       diagramCommand(),
        explainCommand(),   trustCommand(),     traceCommand(),     statsCommand(),      gradientsCommand(),
        pathsCommand(),     receptiveCommand(), animateCommand(),   experimentCommand(), compareCommand(),
        landscapeCommand(), trainingCommand(),  benchmarkCommand(), convertCommand(),
    };
    return all;
}

}  // namespace resnet::app
