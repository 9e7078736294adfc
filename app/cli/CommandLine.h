#pragma once

#include "app/cli/NetworkOptions.h"

#include <QString>
#include <QStringList>

#include <optional>
#include <string>
#include <vector>

namespace resnet::app {

// The names that take the fewest changed, added and left out letters to become what was typed, the nearest
// first; at most three, and none that is much farther than the nearest.
QStringList nearestNames(const QString& typed, const std::vector<std::string>& names);

struct Command;

// What the window is opened with.
struct WindowOptions {
    QString image;    // a picture; empty: the first sample
    QString weights;  // empty: the bundled network, unless `isNew`
    ModelRequest request;
    bool isNew = false;  // the flags describe a network without weights
    int threads = 0;     // 0: all the machine has
};

// The subcommand that the arguments (without the program's name) ask for; null if none.
const Command* commandOf(const QStringList& arguments);

// Runs a subcommand with the arguments after its name, and tells what went wrong. Needs a QCoreApplication,
// or a QGuiApplication if the command paints. Returns an ExitStatus.
int executeCommand(const Command& command, const QStringList& arguments);

// Arguments without a subcommand: --help, --version, or those of the window. Answers the first two and wrong
// usage itself and then returns the exit status; otherwise fills `options` and returns nothing. A file named
// without an option is a picture or weights, whichever its content says.
std::optional<int> parseWindowArguments(const QStringList& arguments, WindowOptions& options);

}  // namespace resnet::app
