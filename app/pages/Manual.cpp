#include "app/pages/Manual.h"

#include "app/cli/Commands.h"

namespace resnet::app {

namespace {

// Text as roff takes it literally: a hyphen would become a typographic one, and a dot that begins a line a
// request.
QString literal(QString text) {
    text.replace(QLatin1Char('\\'), QStringLiteral("\\e"));
    text.replace(QLatin1Char('-'), QStringLiteral("\\-"));
    const bool isRequest = text.startsWith(QLatin1Char('.')) || text.startsWith(QLatin1Char('\''));
    return isRequest ? QStringLiteral("\\&") + text : text;
}

QString sentence(const QString& text) {
    return literal(text.left(1).toUpper() + text.mid(1)) + QStringLiteral(".\n");
}

QString entry(const QString& name, const QString& value, const QString& text) {
    const QString taken = value.isEmpty() ? QString() : QStringLiteral(" \\fI%1\\fR").arg(literal(value));
    return QStringLiteral(".TP\n\\fB%1\\fR%2\n%3\n").arg(literal(name), taken, literal(text));
}

QString entries(const QList<QCommandLineOption>& options) {
    QString text;
    for (const QCommandLineOption& option : options) {
        QString right = option.description();
        if (!option.defaultValues().isEmpty())
            right += QStringLiteral(" (default: %1)").arg(option.defaultValues().first());
        text += entry(QStringLiteral("--") + option.names().last(), option.valueName(), right);
    }
    return text;
}

QString section(const Command& command) {
    QString text = QStringLiteral(".SS \"%1\"\n%2")
                       .arg(literal((command.name + QLatin1Char(' ') + command.arguments).trimmed()),
                            sentence(command.summary));
    if (!command.notes.isEmpty())
        text += QStringLiteral(".PP\n%1\n").arg(literal(command.notes.simplified()));
    if (!command.takesNetwork)
        text += QStringLiteral(".PP\nTakes none of the options of the network.\n");
    return text + entries(command.options);
}

const QString description = QStringLiteral(
    "ResNet Explorer builds residual networks such as ResNet\\-34, runs them on the processor and shows every step of them.\n"
    "Without a command it opens its window, with \\fIFILE\\fR if one is named: an image, or a file of weights.\n"
    "A trained network and sample pictures come with it.\n"
    "Every command works without a display.\n"
    "Data goes to standard output, messages go to standard error.\n");

const QString ending = QStringLiteral(
    ".SH EXIT STATUS\n"
    ".TP\n.B 0\nDone.\n"
    ".TP\n.B 1\nFailed: a file cannot be read or written, or is not what it should be.\n"
    ".TP\n.B 2\nWrong usage: an unknown option or step, or a value out of range.\n"
    ".TP\n.B 130\nInterrupted, or the reader of the output went away.\n"
    ".SH FILES\n"
    ".TP\n.I $XDG_CONFIG_HOME/resnet\\-explorer/\n"
    "What the window remembers, and what it was told of files of weights; ~/.config by default.\n"
    ".TP\n.I $XDG_DATA_HOME/ResNet Explorer/resnet\\-explorer/\n"
    "Downloaded weights; ~/.local/share by default.\n"
    ".SH EXAMPLES\n"
    ".TP\n.B resnet\\-explorer holiday.jpg\nOpens the window with a picture.\n"
    ".TP\n.B resnet\\-explorer predict holiday.jpg \\-\\-top 3\nNames the three most probable classes.\n"
    ".TP\n.B resnet\\-explorer diagram \\-\\-output resnet34.svg\nDraws the network.\n");

}  // namespace

QString manual(const Release& release) {
    QString text =
        QStringLiteral(".TH RESNET\\-EXPLORER 1 %1 \"ResNet Explorer %2\" \"User Commands\"\n")
            .arg(release.date.toString(Qt::ISODate), release.version) +
        QStringLiteral(
            ".SH NAME\nresnet\\-explorer \\- see what a residual network does to a picture\n"
            ".SH SYNOPSIS\n"
            ".B resnet\\-explorer\n[\\fIFILE\\fR] [\\fIoptions\\fR]\n.br\n"
            ".B resnet\\-explorer\n\\fICOMMAND\\fR ... [\\fIoptions\\fR]\n"
            ".SH DESCRIPTION\n") +
        description + QStringLiteral(".SH OPTIONS\n") +
        entry(QStringLiteral("--help"), {}, QStringLiteral("what can be given; after a command, to it")) +
        entry(QStringLiteral("--version"), {}, QStringLiteral("the version of the program")) +
        QStringLiteral(".SS The network\nFor the window and the commands; all indices count from 0.\n") +
        entries(networkOptions()) + QStringLiteral(".SH COMMANDS\n");
    for (const Command& command : commands())
        text += section(command);
    return text + ending;
}

}  // namespace resnet::app
