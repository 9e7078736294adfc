#include "app/pages/Completion.h"

#include "app/cli/Commands.h"

#include <QMap>
#include <QRegularExpression>

#include <algorithm>

namespace resnet::app {

namespace {

bool namesFile(const QCommandLineOption& option) {
    static const QStringList files{QStringLiteral("FILE"), QStringLiteral("IMAGE"), QStringLiteral("FOLDER"),
                                   QStringLiteral("OUTPUT"), QStringLiteral("EDITS")};
    return files.contains(option.valueName());
}

QString flag(const QCommandLineOption& option) {
    return QStringLiteral("--") + option.names().last();
}

// What a command takes: its own options, then those of the network that it has no option of the same name
// for.
QList<QCommandLineOption> optionsOf(const Command& command) {
    QList<QCommandLineOption> options = command.options;
    if (command.takesNetwork)
        for (const QCommandLineOption& each : networkOptions())
            if (std::ranges::none_of(command.options,
                                     [&](const auto& own) { return own.names() == each.names(); }))
                options.append(each);
    return options;
}

// The words that may follow an option, "/" for a file, nothing where only the user knows.
QString valueOf(const QCommandLineOption& option) {
    return namesFile(option) ? QStringLiteral("/") : choicesIn(option.description()).join(QLatin1Char(' '));
}

// Sets `options`, and, where the word before takes a value, `value`.
QString branch(const QString& pattern, const QList<QCommandLineOption>& options, const QString& more) {
    QStringList flags;
    QMap<QString, QStringList> takers;  // by what they take
    for (const QCommandLineOption& option : options) {
        flags.append(flag(option));
        if (!option.valueName().isEmpty())
            takers[valueOf(option)].append(flag(option));
    }
    QString text = QStringLiteral("        %1)\n            options='%2%3'\n            case $previous in\n")
                       .arg(pattern, flags.join(QLatin1Char(' ')), more);
    for (auto each = takers.constKeyValueBegin(); each != takers.constKeyValueEnd(); ++each)
        text += QStringLiteral("                %1) value='%2' ;;\n")
                    .arg(each->second.join(QLatin1Char('|')), each->first);
    return text + QStringLiteral("            esac\n            ;;\n");
}

}  // namespace

QStringList choicesIn(const QString& description) {
    static const QRegularExpression aside(QStringLiteral(" \\([^)]*\\)"));
    static const QRegularExpression rest(QStringLiteral("(: |; ).*"));
    static const QRegularExpression between(QStringLiteral(", | or "));
    static const QRegularExpression word(QStringLiteral("^[a-z0-9][a-z0-9:-]*$"));
    QString list = description;
    const QStringList choices = list.remove(aside).remove(rest).split(between);
    const bool areWords =
        std::ranges::all_of(choices, [](const QString& each) { return word.match(each).hasMatch(); });
    return choices.size() > 1 && areWords ? choices : QStringList();
}

QString bashCompletion() {
    QStringList names;
    QString branches;
    for (const Command& command : commands()) {
        names.append(command.name);
        branches += branch(command.name, optionsOf(command), QStringLiteral(" --help"));
    }
    branches += branch(QStringLiteral("*"), networkOptions(), QStringLiteral(" --help --version"));
    return QStringLiteral(R"(# bash completion for resnet-explorer

_resnet_explorer() {
    local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]}
    local options value=none files=yes words=
    case ${COMP_WORDS[1]} in
%1    esac
    if [[ $value != none && $value != / ]]; then
        words=$value files=
    elif [[ $value == none && $current == -* ]]; then
        words=$options files=
    elif [[ $COMP_CWORD -eq 1 ]]; then
        words='%2'
    fi
    local IFS=$' \n'
    mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current")
    if [[ $files ]]; then
        compopt -o filenames 2>/dev/null
        mapfile -t -O "${#COMPREPLY[@]}" COMPREPLY < <(compgen -f -- "$current")
    fi
}

complete -F _resnet_explorer resnet-explorer
)")
        .arg(branches, names.join(QLatin1Char(' ')));
}

}  // namespace resnet::app
