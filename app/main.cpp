#include "app/Window.h"
#include "app/cli/CommandLine.h"
#include "app/cli/Commands.h"
#include "app/cli/Console.h"
#include "ui/painting/Theme.h"
#include "ui/window/GuardedApplication.h"

#include <QApplication>
#include <QLocale>
#include <QLoggingCategory>

#include <clocale>
#include <cstring>
#include <langinfo.h>
#include <memory>
#include <unistd.h>

using namespace resnet::app;

namespace {

// Qt wants UTF-8 and says so in four lines where the locale is another one.
void useUtf8() {
    std::setlocale(LC_ALL, "");
    if (std::strcmp(nl_langinfo(CODESET), "UTF-8") != 0)
        qputenv("LC_ALL", "C.UTF-8");
}

// Numbers look the same everywhere. Qt's application object sets the C library's locale: call this after it.
void useNeutralNumbers() {
    std::setlocale(LC_NUMERIC, "C");
    QLocale::setDefault(QLocale::c());
}

// Qt's remarks on the system are not for the person at the command line; what matters comes as Error.
void ignoreMessage(QtMsgType, const QMessageLogContext&, const QString&) {}

// Subcommands never see a display, and Qt does not look at their arguments.
int runWithoutDisplay(const Command& command, const QStringList& arguments, char** argv) {
    qInstallMessageHandler(ignoreMessage);
    int programNameOnly = 1;
    std::unique_ptr<QCoreApplication> application;
    if (command.paints) {
        qputenv("QT_QPA_PLATFORM", "offscreen");
        application = std::make_unique<QGuiApplication>(programNameOnly, argv);
        resnet::ui::loadFonts();
    } else {
        application = std::make_unique<QCoreApplication>(programNameOnly, argv);
    }
    useNeutralNumbers();
    return executeCommand(command, arguments);
}

bool hasDisplay() {
    return !qEnvironmentVariableIsEmpty("DISPLAY") || !qEnvironmentVariableIsEmpty("WAYLAND_DISPLAY") ||
           !qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM");
}

int sayThereIsNoDisplay() {
    QStringList names;
    for (const Command& command : commands())
        names.append(command.name);
    tell(QStringLiteral("no display for the window; these commands work without one: ") +
         names.join(QStringLiteral(", ")));
    return ExitFailed;
}

// What Qt has to say while the window is open stands by the program's name, as all else that it prints.
void tellMessage(QtMsgType type, const QMessageLogContext&, const QString& message) {
    if (type != QtDebugMsg && type != QtInfoMsg)
        tell(message);
}

// A display that does not answer makes Qt print a page and abort.
void exitWithoutDisplay(QtMsgType type, const QMessageLogContext&, const QString&) {
    if (type == QtFatalMsg)
        _exit(sayThereIsNoDisplay());
}

}  // namespace

int main(int argc, char** argv) {
    useUtf8();
    // Remarks of libpng and the like; what matters becomes a note of the picture.
    QLoggingCategory::setFilterRules(QStringLiteral("qt.gui.imageio*=false"));
    QStringList arguments;
    for (int i = 1; i < argc; ++i)
        arguments.append(QString::fromLocal8Bit(argv[i]));
    if (const Command* command = commandOf(arguments))
        return runWithoutDisplay(*command, arguments.mid(1), argv);
    WindowOptions options;
    if (const std::optional<int> status = parseWindowArguments(arguments, options))
        return *status;
    if (!hasDisplay())
        return sayThereIsNoDisplay();
    qInstallMessageHandler(exitWithoutDisplay);
    resnet::ui::GuardedApplication application(argc, argv);
    qInstallMessageHandler(tellMessage);
    useNeutralNumbers();
    return runWindow(application, options);
}
