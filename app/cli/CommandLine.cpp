#include "app/cli/CommandLine.h"

#include "app/cli/Commands.h"
#include "app/cli/Console.h"
#include "core/Error.h"
#include "ui/images/PictureReader.h"

#include <QCommandLineParser>
#include <QFileInfo>

#include <tbb/global_control.h>

#include <algorithm>
#include <new>
#include <numeric>

namespace resnet::app {

namespace {

constexpr std::size_t mostNames = 3;
constexpr qsizetype longestTyped = 64;  // more cannot be a slip of the fingers

// Levenshtein's distance, row by row.
int distance(const QString& a, const QString& b) {
    std::vector<int> row(std::size_t(b.size()) + 1);
    std::iota(row.begin(), row.end(), 0);
    for (qsizetype i = 0; i < a.size(); ++i) {
        int diagonal = std::exchange(row[0], int(i) + 1);
        for (qsizetype j = 0; j < b.size(); ++j) {
            const std::size_t at = std::size_t(j) + 1;
            const int changed = diagonal + (a[i] != b[j]);
            diagonal = row[at];
            row[at] = std::min({changed, row[at] + 1, row[at - 1] + 1});
        }
    }
    return row.back();
}

}  // namespace

QStringList nearestNames(const QString& typed, const std::vector<std::string>& names) {
    std::vector<std::pair<int, QString>> ranked;
    for (const std::string& each : names) {
        const QString name = QString::fromStdString(each);
        ranked.emplace_back(distance(typed.left(longestTyped).toLower(), name.toLower()), name);
    }
    std::stable_sort(ranked.begin(), ranked.end(),
                     [](const auto& a, const auto& b) { return a.first < b.first; });
    QStringList nearest;
    for (const auto& [distanceOf, name] : ranked)
        if (std::size_t(nearest.size()) < mostNames && distanceOf <= ranked.front().first + 1)
            nearest.append(name);
    return nearest;
}

namespace {

QString helpLine(const QString& left, const QString& right) {
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
        text += helpLine(left, right);
    }
    return text;
}

QString networkLines() {
    return QStringLiteral("\nThe network (all indices count from 0):\n") + optionLines(networkOptions());
}

// What --help prints: usage, options with their values and defaults, all within 100 columns.
QString programHelpText() {
    QString text = QStringLiteral(
        "ResNet Explorer builds ResNet-34, runs it on the processor and shows what it does to an image.\n\n"
        "Usage:\n"
        "  resnet-explorer [FILE] [options]           open the window with an image or weights\n"
        "  resnet-explorer COMMAND ... [options]      work without a display\n\n"
        "Commands (resnet-explorer COMMAND --help tells more):\n");
    for (const Command& command : commands())
        text += helpLine(command.name, command.summary);
    text += networkLines();
    text += QStringLiteral("\nOther options:\n") +
            helpLine(QStringLiteral("--help"), QStringLiteral("this text")) +
            helpLine(QStringLiteral("--version"), QStringLiteral("the version of the program"));
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

// Enough to see what a file lacks, and still one line.
constexpr std::size_t detailsTold = 12;

QString lineOf(const Error& error) {
    QString line = QString::fromStdString(error.what());
    for (std::size_t i = 0; i < std::min(error.details().size(), detailsTold); ++i)
        line += QStringLiteral("; ") + QString::fromStdString(error.details()[i]);
    return line + (error.details().size() > detailsTold ? QStringLiteral("; ...") : QString());
}

// Runs `body` and turns what it throws into one line and an exit status.
template <typename Body>
int guarded(const QString& help, const std::stop_token& stop, const Body& body) {
    try {
        return body();
    } catch (const UsageError& error) {
        tell(QString::fromStdString(error.what()) + QStringLiteral(" (see %1)").arg(help));
        return ExitWrongUsage;
    } catch (const Interrupted&) {
        return ExitInterrupted;
    } catch (const Error& error) {
        if (stop.stop_requested())
            return ExitInterrupted;
        tell(lineOf(error));
    } catch (const std::bad_alloc&) {
        tell(QStringLiteral("not enough memory"));
    } catch (const std::exception& error) {
        tell(QStringLiteral("unexpected: ") + QString::fromLocal8Bit(error.what()));
    }
    return ExitFailed;
}

QString withoutFullStop(QString text) {
    if (text.endsWith(QLatin1Char('.')))
        text.chop(1);
    return text;
}

void parse(QCommandLineParser& parser, const QStringList& arguments) {
    if (!parser.parse(QStringList{QStringLiteral("resnet-explorer")} + arguments))
        throw UsageError(withoutFullStop(parser.errorText()));
}

void checkCount(const Command& command, const QStringList& arguments) {
    if (arguments.size() < command.minimumArguments)
        throw UsageError(QStringLiteral("expected %1").arg(command.arguments));
    if (arguments.size() > command.maximumArguments)
        throw UsageError(
            QStringLiteral("'%1' is one argument too many").arg(arguments[command.maximumArguments]));
}

bool asksFor(const QStringList& arguments, std::initializer_list<QLatin1String> names) {
    const auto end = std::find(arguments.begin(), arguments.end(), QStringLiteral("--"));
    return std::any_of(arguments.begin(), end, [&](const QString& argument) {
        return std::find(names.begin(), names.end(), argument) != names.end();
    });
}

const std::initializer_list<QLatin1String> helpFlags{QLatin1String("--help"), QLatin1String("-h")};
const std::initializer_list<QLatin1String> versionFlags{QLatin1String("--version"), QLatin1String("-v")};

const QString weightsOption = QStringLiteral("weights");

// A file that the window is opened with is a picture if its content is one; what cannot be looked at is said
// to be none.
bool isMeantAsWeights(const QString& file) {
    return QFileInfo(file).isFile() && !ui::isPictureFile(file);
}

// "predcit" is a command misspelt, "holiday.jpg" an image.
bool looksLikeCommand(const QString& argument) {
    return !argument.contains(QLatin1Char('.')) && !argument.contains(QLatin1Char('/')) &&
           !QFileInfo::exists(argument);
}

}  // namespace

const Command* commandOf(const QStringList& arguments) {
    if (!arguments.isEmpty())
        for (const Command& command : commands())
            if (command.name == arguments.first())
                return &command;
    return nullptr;
}

int executeCommand(const Command& command, const QStringList& arguments) {
    const std::stop_token stop = stopOnInterrupt();
    return guarded(QStringLiteral("resnet-explorer %1 --help").arg(command.name), stop, [&]() -> int {
        if (asksFor(arguments, helpFlags)) {
            print(helpText(command));
            return ExitDone;
        }
        QCommandLineParser parser;
        parser.addOptions(command.options);
        bool unitIsShared = false;
        for (const QCommandLineOption& each :
             command.takesNetwork ? networkOptions() : QList<QCommandLineOption>()) {
            const auto sharesName = [&](const QCommandLineOption& own) {
                return own.names() == each.names();
            };
            if (std::ranges::none_of(command.options, sharesName))
                parser.addOption(each);
            else
                unitIsShared = true;
        }
        parse(parser, arguments);
        checkCount(command, parser.positionalArguments());
        const Invocation invocation(
            parser, command.takesNetwork ? parseNetworkOptions(parser, unitIsShared) : NetworkOptions{},
            stop);
        std::optional<tbb::global_control> limit;
        if (const int threads = invocation.network().threads; threads > 0)
            limit.emplace(tbb::global_control::max_allowed_parallelism, std::size_t(threads));
        return command.run(invocation);
    });
}

std::optional<int> parseWindowArguments(const QStringList& arguments, WindowOptions& options) {
    bool isAnswered = false;
    const int status = guarded(QStringLiteral("resnet-explorer --help"), {}, [&]() -> int {
        isAnswered = true;
        if (asksFor(arguments, helpFlags))
            print(programHelpText());
        else if (asksFor(arguments, versionFlags))
            print(QStringLiteral("ResNet Explorer " RESNET_VERSION "\n"));
        else
            isAnswered = false;
        if (isAnswered)
            return ExitDone;
        QCommandLineParser parser;
        parser.addOptions(networkOptions());
        parse(parser, arguments);
        const QStringList files = parser.positionalArguments();
        if (files.size() > 1)
            throw UsageError(
                QStringLiteral("the window opens one image or file of weights, '%1' is one too many")
                    .arg(files[1]));
        const QString file = files.value(0);
        if (!files.isEmpty() && looksLikeCommand(file))
            throw UsageError(commandOf(files) != nullptr
                                 ? QStringLiteral("'%1' goes before its options").arg(file)
                                 : QStringLiteral("'%1' is no command and no file").arg(file));
        if (isMeantAsWeights(file)) {
            if (parser.isSet(weightsOption))
                throw UsageError(QStringLiteral("'%1' is no picture, and --%2 names the weights already")
                                     .arg(file, weightsOption));
            parse(parser, QStringList{QStringLiteral("--") + weightsOption, file} + arguments);
        } else {
            options.image = file;
        }
        const NetworkOptions network = parseNetworkOptions(parser);
        options.weights = network.weights;
        options.request = network.request;
        options.isNew = network.isNew;
        options.threads = network.threads;
        return ExitDone;
    });
    return isAnswered || status != ExitDone ? std::optional(status) : std::nullopt;
}

}  // namespace resnet::app
