// Writes what a desktop and a distribution want to be told of the program, from its commands and from
// CHANGELOG.md, so that nothing of it can be out of date:
//   resnet-explorer-pages CHANGELOG METAINFO MAINTAINER FOLDER
// METAINFO is AppStream's metadata with <releases/> in place of the releases. Into FOLDER go
// resnet-explorer.1, the bash completion `resnet-explorer`, `changelog.Debian`, and the metadata under the
// name of METAINFO.

#include "app/cli/Commands.h"
#include "app/pages/Completion.h"
#include "app/pages/Releases.h"
#include "core/Error.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <iostream>

using namespace resnet;
using namespace resnet::app;

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

// The manual page of section 1, in man's macros: what --help and the --help of every command say.
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

QString contentOf(const QString& path) {
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        throw Error(path.toStdString() + ": " + file.errorString().toStdString());
    return QString::fromUtf8(file.readAll());
}

void write(const QString& path, const QString& text) {
    QFile file(path);
    const QByteArray bytes = text.toUtf8();
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size() || !file.flush())
        throw Error(path.toStdString() + ": " + file.errorString().toStdString());
}

void writePages(const QStringList& arguments) {
    const QList<Release> releases = parseReleases(contentOf(arguments[0]));
    if (releases.first().version != QStringLiteral(RESNET_VERSION))
        throw Error("CHANGELOG.md: expected " RESNET_VERSION " first, as in CMakeLists.txt, found " +
                    releases.first().version.toStdString());
    const QString name = QStringLiteral("resnet-explorer");
    const QDir folder(arguments[3]);
    write(folder.filePath(name + QStringLiteral(".1")), manual(releases.first()));
    write(folder.filePath(name), bashCompletion());
    write(folder.filePath(QStringLiteral("changelog.Debian")), debianChangelog(releases, name, arguments[2]));
    write(folder.filePath(QFileInfo(arguments[1]).fileName()),
          contentOf(arguments[1]).replace(QStringLiteral("  <releases/>"), releasesElement(releases)));
}

}  // namespace

int main(int argc, char** argv) {
    QStringList arguments;
    for (int i = 1; i < argc; ++i)
        arguments.append(QString::fromLocal8Bit(argv[i]));
    try {
        if (arguments.size() != 4)
            throw Error("expected CHANGELOG METAINFO MAINTAINER FOLDER");
        writePages(arguments);
        return 0;
    } catch (const std::exception& error) {
        std::cerr << "resnet-explorer-pages: " << error.what() << '\n';
        return 1;
    }
}
