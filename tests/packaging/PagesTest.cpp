#include "app/pages/Completion.h"
#include "tests/TestPrograms.h"
#include "tests/app/cli/Program.h"

#include <QFile>
#include <QHash>
#include <QRegularExpression>
#include <QtTest>

using namespace resnet;
using namespace resnet::test;

namespace {

QString page(const char* name) {
    QFile file(QStringLiteral(RESNET_BINARY_DIR "/packaging/pages/") + QString::fromLatin1(name));
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

QStringList found(const char* pattern, const QString& text) {
    const QRegularExpression expression(QString::fromLatin1(pattern), QRegularExpression::MultilineOption);
    QStringList all;
    for (auto match = expression.globalMatch(text); match.hasNext();)
        all.append(match.next().captured(1));
    return all;
}

QString helpOf(const QStringList& command) {
    static QHash<QStringList, QString> known;
    QString& help = known[command];
    if (help.isEmpty())
        help = QString::fromUtf8(execute(command + QStringList{QStringLiteral("--help")}).output);
    return help;
}

QStringList commandsOfHelp() {
    const QString help = helpOf({});
    return found("^  ([a-z]+) {2,}\\S", help.mid(help.indexOf(QStringLiteral("Commands"))));
}

QStringList optionsOfHelp(const QStringList& command) {
    return found("^  (--[a-z0-9-]+)", helpOf(command));
}

// What the man page writes between the heading of a command and the next one.
QString manualOf(const QString& command, const QString& manual) {
    const qsizetype from = manual.indexOf(QRegularExpression(QStringLiteral("^\\.SS \"%1[ \"]").arg(command),
                                                             QRegularExpression::MultilineOption));
    return from < 0 ? QString() : manual.mid(from, manual.indexOf(QStringLiteral("\n.S"), from) - from);
}

// What bash offers for the last word of a command line.
QStringList completions(const QString& line) {
    const QString script = QStringLiteral(
        "source '" RESNET_BINARY_DIR "/packaging/pages/resnet-explorer' && cd '" RESNET_SOURCE_DIR
        "/resources/samples' && COMP_WORDS=(resnet-explorer \"$@\") && COMP_CWORD=$# && _resnet_explorer && "
        "printf '%s\\n' \"${COMPREPLY[@]}\"");
    return QString::fromUtf8(executeInShell(script, line.split(QLatin1Char(' '))).output)
        .split(QLatin1Char('\n'), Qt::SkipEmptyParts);
}

}  // namespace

// The man page and the completion say what --help of the program and of every command says.
class PagesTest : public QObject {
    Q_OBJECT

    QString m_manual = page("resnet-explorer.1").replace(QStringLiteral("\\-"), QStringLiteral("-"));

private Q_SLOTS:
    void theManualHasEveryCommandAndOption() {
        const QStringList names = commandsOfHelp();
        QVERIFY(names.size() >= 18);
        const QString before = m_manual.left(m_manual.indexOf(QStringLiteral(".SH COMMANDS")));
        for (const QString& option : optionsOfHelp({}))
            QVERIFY2(before.contains(QStringLiteral("\\fB%1\\fR").arg(option)), qPrintable(option));
        for (const QString& name : names) {
            const QString section = manualOf(name, m_manual);
            QVERIFY2(!section.isEmpty(), qPrintable(name));
            for (const QString& option : optionsOfHelp({name})) {
                const QString written = QStringLiteral("\\fB%1\\fR").arg(option);
                QVERIFY2(section.contains(written) || before.contains(written), qPrintable(name + option));
            }
        }
    }

    void theManualHasNoOtherCommand() {
        const qsizetype from = m_manual.indexOf(QStringLiteral(".SH COMMANDS"));
        QVERIFY(from > 0);
        QCOMPARE(found("^\\.SS \"([a-z]+)", m_manual.mid(from)), commandsOfHelp());
    }

    void theManualIsOfThisVersion() {
        const QString version = QString::fromUtf8(execute({QStringLiteral("--version")}).output).trimmed();
        QVERIFY(QRegularExpression(QStringLiteral("^ResNet Explorer \\d+\\.\\d+\\.\\d+$"))
                    .match(version)
                    .hasMatch());
        QVERIFY2(m_manual.section(QLatin1Char('\n'), 0, 0).contains(version), qPrintable(version));
    }

    void commandsAndOptionsAreCompleted() {
        for (const QString& name : commandsOfHelp()) {
            QVERIFY2(completions(name.left(3)).contains(name), qPrintable(name));
            const QStringList offered = completions(name + QStringLiteral(" --"));
            for (const QString& option : optionsOfHelp({name}))
                QVERIFY2(offered.contains(option), qPrintable(name + QLatin1Char(' ') + option));
        }
        const QStringList offered = completions(QStringLiteral("--"));
        for (const QString& option : optionsOfHelp({}))
            QVERIFY2(offered.contains(option), qPrintable(option));
    }

    void valuesAndFilesAreCompleted() {
        QCOMPARE(completions(QStringLiteral("diagram --theme d")), QStringList{QStringLiteral("dark")});
        QCOMPARE(completions(QStringLiteral("predict --format ")),
                 (QStringList{QStringLiteral("text"), QStringLiteral("json")}));
        QCOMPARE(completions(QStringLiteral("predict chi")), QStringList{QStringLiteral("china.jpg")});
        QCOMPARE(completions(QStringLiteral("--weights LIC")), QStringList{QStringLiteral("LICENSES.md")});
        QCOMPARE(completions(QStringLiteral("predict --top c")), QStringList());
        // The unit that `diagram` draws is no kind of unit.
        QCOMPARE(completions(QStringLiteral("summary --unit bo")), QStringList{QStringLiteral("bottleneck")});
        QCOMPARE(completions(QStringLiteral("diagram --unit bo")), QStringList());
    }

    void choicesAreWordsThatAreListed_data() {
        QTest::addColumn<QString>("description");
        QTest::addColumn<QString>("choices");
        const auto row = [](const char* description, const char* choices) {
            QTest::newRow(description) << QString::fromLatin1(description) << QString::fromLatin1(choices);
        };
        row("light, dark or print (black and white)", "light dark print");
        row("csv (a), curves-csv (b, c) or json (both)", "csv curves-csv json");
        row("tight, a4 or 16:9", "tight a4 16:9");
        row("step, unit or stage: how far each picture goes", "step unit stage");
        row("units or exits; several with commas between", "units exits");
        row("number of classes", "");
        row("such as conv1,layer2.0.add", "");
        row("none; or shade the blocks by time, parameters or memory", "");
        row("FILE.png or FILE.csv", "");
    }
    void choicesAreWordsThatAreListed() {
        QFETCH(const QString, description);
        QFETCH(const QString, choices);
        QCOMPARE(app::choicesIn(description), choices.split(QLatin1Char(' '), Qt::SkipEmptyParts));
    }
};

RESNET_EVENT_LOOP_TEST(PagesTest)
#include "PagesTest.moc"
