#include "app/cli/Help.h"

#include "app/cli/Commands.h"

namespace resnet::app {

namespace {

QString line(const QString& left, const QString& right) {
    return QStringLiteral("  %1  %2\n").arg(left.leftJustified(23), right);
}

QString optionLines(const QList<QCommandLineOption>& options) {
    QString text;
    for (const QCommandLineOption& option : options) {
        QString left = QStringLiteral("--") + option.names().last();
        if (!option.valueName().isEmpty())
            left += QLatin1Char(' ') + option.valueName();
        QString right = option.description();
        if (!option.defaultValues().isEmpty())
            right += QStringLiteral(" (default: %1)").arg(option.defaultValues().first());
        text += line(left, right);
    }
    return text;
}

QString networkLines() {
    return QStringLiteral("\nThe network (all indices count from 0):\n") + optionLines(networkOptions());
}

}  // namespace

QString programHelpText() {
    QString text = QStringLiteral(
        "ResNet Explorer builds ResNet-34, runs it on the processor and shows what it does to an image.\n\n"
        "Usage:\n"
        "  resnet-explorer [FILE] [options]           open the window with an image or weights\n"
        "  resnet-explorer COMMAND ... [options]      work without a display\n\n"
        "Commands (resnet-explorer COMMAND --help tells more):\n");
    for (const Command& command : commands())
        text += line(command.name, command.summary);
    text += networkLines();
    text += QStringLiteral("\nOther options:\n") +
            line(QStringLiteral("--help"), QStringLiteral("this text")) +
            line(QStringLiteral("--version"), QStringLiteral("the version of the program"));
    return text +
           QStringLiteral(
               "\nData goes to stdout, messages to stderr. Exit status: 0 done, 1 failed, 2 wrong usage,\n130 interrupted.\n");
}

QString helpText(const Command& command) {
    QString text = QStringLiteral("Usage: resnet-explorer %1 %2\n\n%3%4.\n")
                       .arg(command.name,
                            command.arguments.isEmpty() ? QStringLiteral("[options]")
                                                        : command.arguments + QStringLiteral(" [options]"),
                            command.summary.left(1).toUpper(), command.summary.mid(1));
    if (!command.notes.isEmpty())
        text += QLatin1Char('\n') + command.notes + QLatin1Char('\n');
    if (!command.options.isEmpty())
        text += QStringLiteral("\nOptions:\n") + optionLines(command.options);
    return command.takesNetwork ? text + networkLines() : text;
}

}  // namespace resnet::app
