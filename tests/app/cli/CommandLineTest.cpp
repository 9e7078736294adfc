#include "tests/TestPrograms.h"
#include "tests/app/cli/Program.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QtTest>

#include <csignal>

using namespace resnet::test;

namespace {

QStringList words(const char* text) {
    return QString::fromLatin1(text).split(QLatin1Char(' '), Qt::SkipEmptyParts);
}

// Once SIGINT is blocked it is being waited for.
bool waitsForInterrupt(qint64 process) {
    QFile status(QStringLiteral("/proc/%1/status").arg(process));
    if (!status.open(QIODevice::ReadOnly))
        return false;
    for (const QByteArray& line : status.readAll().split('\n'))
        if (line.startsWith("SigBlk:"))
            return line.mid(7).trimmed().toULongLong(nullptr, 16) & (1u << (SIGINT - 1));
    return false;
}

}  // namespace

// The real program: usage, exit statuses, streams, signals.
class CommandLineTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    QString path(const char* name) const { return m_folder.filePath(QString::fromLatin1(name)); }

private Q_SLOTS:
    void helpAndVersionGoToStdout_data() {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("program") << words("--help") << QByteArray("Usage:");
        QTest::newRow("version") << words("--version") << QByteArray("ResNet Explorer ");
        for (const char* name : {"predict", "summary", "run", "maps"})
            QTest::newRow(name) << QStringList{QString::fromLatin1(name), QStringLiteral("--help")}
                                << QByteArray("Usage: resnet-explorer ") + name;
    }
    void helpAndVersionGoToStdout() {
        QFETCH(QStringList, arguments);
        QFETCH(QByteArray, text);
        const Finished finished = execute(arguments);
        QCOMPARE(finished.status, 0);
        QVERIFY2(finished.output.contains(text), finished.output.constData());
        QCOMPARE(finished.messages, QString());
        for (const QByteArray& line : finished.output.split('\n'))
            QVERIFY2(line.size() <= 100, line.constData());
    }

    void wrongUsageIsOneLineAndStatus2_data() {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QString>("message");
        const auto row = [](const char* arguments, const char* message) {
            QTest::newRow(arguments) << words(arguments) << QString::fromLatin1(message);
        };
        row("predcit", "'predcit' is no command and no file");
        row("--weights a.safetensors predict", "'predict' goes before its options");
        row("a.jpg b.jpg", "one image or file of weights");
        row("--nonsense", "nonsense");
        row("predict", "expected IMAGE...");
        row("predict a.jpg --top", "top");
        row("predict a.jpg --top 0", "--top: expected a whole number from 1 to 100000, found '0'");
        row("predict a.jpg --top many", "found 'many'");
        row("predict a.jpg --format xml", "--format: expected text or json, found 'xml'");
        row("predict a.jpg --frobnicate", "frobnicate");
        row("summary x", "'x' is one argument too many");
        row("summary --padding valid", "--padding: expected same, symmetric or same-torch, found 'valid'");
        row("summary --architecture vgg", "--architecture: expected resnet18, resnet34, resnet50");
        row("summary --unit round", "--unit: expected basic, bottleneck or pre-activation, found 'round'");
        row("summary --stem 5x5", "--stem: expected 7x7 or 3x3");
        row("summary --shortcut gone", "--shortcut: expected projection");
        row("summary --stride-in conv3", "--stride-in: expected conv1 or conv2");
        row("summary --input-channels 5", "--input-channels: expected a whole number from 1 to 4");
        row("summary --epsilon tiny", "--epsilon");
        row("summary --epsilon -1", "--epsilon");
        row("summary --epsilon 0", "--epsilon");
        row("summary --units 3,,6", "--units");
        row("summary --units 0", "--units");
        row("summary --units 1,1 --channels 8", "--channels: expected one number for each of 2 stages");
        row("summary --classes 0", "--classes");
        row("summary --input 224", "--input: expected HEIGHTxWIDTH");
        row("summary --input 31x224", "--input height: expected 32 to 1024, found 31");
        row("summary --seed -1", "--seed");
        row("summary --threads 2000", "--threads");
        row("run in.npy", "--output is needed");
        row("run --output a", "expected INPUT.npy");
        row("run in.npy --output a.txt", "expected a name ending in .safetensors, found 'a.txt'");
        row("explain a.jpg --output a.png --patch 3", "--patch is of --method occlusion");
        row("maps a.jpg --output a.npy", "--step is needed");
        row("maps a.jpg --step conv1", "--output is needed");
        row("maps a.jpg --step conv1 --output a.gif", "ending in .png or .npy");
        row("diagram", "--output is needed");
        row("diagram --output a.gif", "--output: a.gif: no format for this name");
        row("diagram --output a.svg --format png", "--output: a.svg: the name says .svg, the format png");
        row("diagram --output a --format gif", "--format: expected svg or pdf or png");
        row("diagram --output a.svg --detail units", "--detail: expected network or unit or layer");
        row("diagram --output a.svg --unit layer9.0 --units 1,1", "--unit: unknown unit \"layer9.0\"");
        row("diagram --output a.svg --unit both --architecture plain34",
            "--unit: this network has no shortcuts");
        row("diagram --output a.svg --open layer1,foo --units 1,1", "--open: \"foo\" names no part");
        row("diagram --output a.svg --open layer1.0.* --units 1,1", "--open: \"layer1.0.*\" names no part");
        row("diagram --output a.svg --stage 3 --units 1,1", "--stage: expected a whole number from 1 to 2");
        row("diagram --output a.svg --scale 65", "--scale: expected a number from 0.05 to 64");
        row("diagram --output a.png --scale 64 --detail layer --units 1,1", "--scale: a PNG of");
        row("diagram --output a.png --width 16001", "--width");
        row("diagram --output a.pdf --scale 64 --detail layer --units 1,1", "--scale: a PDF page of");
        row("diagram --output a.tex --scale 64 --detail layer --units 1,1", "--scale: a TikZ picture of");
        row("diagram --output a.svg --tikz-fragment", "--tikz-fragment is for .tex files");
        row("diagram --output a.svg --norms", "need --maps IMAGE");
        row("maps a.jpg --step layer9.0.conv1 --output a.npy", "'layer9.0.conv1' is no step");
    }
    void wrongUsageIsOneLineAndStatus2() {
        QFETCH(QStringList, arguments);
        QFETCH(QString, message);
        const Finished finished = execute(arguments);
        QCOMPARE(finished.status, 2);
        QVERIFY2(finished.messages.contains(message), qPrintable(finished.messages));
        QVERIFY2(finished.messages.contains(QStringLiteral("--help)")), qPrintable(finished.messages));
        QCOMPARE(finished.messageLines().size(), 1);
        QCOMPARE(finished.output, QByteArray());
    }

    void whatADiagramsFormatLeavesOutIsTold_data() {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QStringList>("messages");
        const auto row = [](const char* file, const QStringList& messages) {
            QTest::newRow(file) << QString::fromLatin1(file) << messages;
        };
        row("a.svg", {});
        row("a.tex", {QStringLiteral("resnet-explorer: .tex files have no maps: left out")});
        row("a.dot", {QStringLiteral("resnet-explorer: .dot files have no maps, no norms: left out")});
    }
    void whatADiagramsFormatLeavesOutIsTold() {
        QFETCH(QString, file);
        QFETCH(QStringList, messages);
        const QTemporaryDir folder;
        const Finished finished =
            execute(QStringList{QStringLiteral("diagram"), QStringLiteral("--output"), folder.filePath(file),
                                QStringLiteral("--norms"), QStringLiteral("--maps"), sample("china.jpg")} +
                    smallNetwork());
        QCOMPARE(finished.status, 0);
        QCOMPARE(finished.messageLines(), messages);
    }

    void failureIsOneLineAndStatus1_data() {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QString>("message");
        const auto row = [](const char* name, const QStringList& arguments, const char* message) {
            QTest::newRow(name) << arguments << QString::fromLatin1(message);
        };
        row("no weights file", words("summary --weights /nowhere.safetensors"), "/nowhere.safetensors");
        row("weights that are none",
            {QStringLiteral("summary"), QStringLiteral("--weights"), sample("china.jpg")}, "china.jpg");
        row("no image", words("predict /nowhere.jpg --units 1 --channels 4 --input 32x32"), "/nowhere.jpg");
        row("a folder", words("predict / --units 1 --channels 4 --input 32x32"), "/: ");
        row("no memory for it",
            words("summary --units 64,64,64,64,64,64 --channels 4096,4096,4096,4096,4096,4096"),
            "memory: expected at most the ");
        row("no input", words("run /nowhere.npy --output /tmp/never.safetensors"), "/nowhere.npy");
        row("no array",
            {QStringLiteral("run"), sample("china.jpg"), QStringLiteral("--output"),
             QStringLiteral("/tmp/never.safetensors")},
            "expected a .npy file");
        row("folder as target",
            QStringList{QStringLiteral("maps"), sample("china.jpg"), QStringLiteral("--step"),
                        QStringLiteral("conv1"), QStringLiteral("--output"),
                        QStringLiteral("/nowhere/a.npy")} +
                smallNetwork(),
            "/nowhere does not exist");
        row("contradicts the file",
            words("summary --padding same --classes 7 --weights") +
                QStringList{
                    QStringLiteral(RESNET_SOURCE_DIR "/resources/models/resnet34-imagenette.safetensors")},
            "7");
    }
    void failureIsOneLineAndStatus1() {
        QFETCH(QStringList, arguments);
        QFETCH(QString, message);
        const Finished finished = execute(arguments);
        QCOMPARE(finished.status, 1);
        QVERIFY2(finished.messages.contains(message), qPrintable(finished.messages));
        QCOMPARE(finished.messageLines().size(), 1);
        QCOMPARE(finished.output, QByteArray());
    }

    void windowNeedsADisplay() {
        const Finished finished = execute(QStringList{sample("china.jpg")});
        QCOMPARE(finished.status, 1);
        QCOMPARE(finished.messageLines().size(), 1);
        QVERIFY2(finished.messages.contains(QStringLiteral("predict, summary, run, maps")),
                 qPrintable(finished.messages));
    }

    void aDisplayThatDoesNotAnswerIsNoCrash() {
        QProcessEnvironment environment = bareEnvironment();
        environment.insert(QStringLiteral("DISPLAY"), QStringLiteral(":987"));
        const Finished finished = execute(programPath(), {}, environment);
        QCOMPARE(finished.status, 1);
        QCOMPARE(finished.messageLines().size(), 1);
        QVERIFY2(finished.messages.contains(QStringLiteral("no display")), qPrintable(finished.messages));
    }

    void interruptEndsWith130AndLeavesNoFile() {
        QProcess process;
        process.setProcessEnvironment(bareEnvironment());
        process.start(programPath(), {QStringLiteral("maps"), sample("china.jpg"), QStringLiteral("--step"),
                                      QStringLiteral("softmax"), QStringLiteral("--output"), path("a.npy"),
                                      QStringLiteral("--input"), QStringLiteral("1024x1024")});
        QVERIFY(process.waitForStarted(resnet::tests::patience(20'000)));
        QTRY_VERIFY_WITH_TIMEOUT(waitsForInterrupt(process.processId()), 20'000);
        ::kill(pid_t(process.processId()), SIGINT);
        QVERIFY(process.waitForFinished(resnet::tests::patience(20'000)));
        QCOMPARE(process.exitStatus(), QProcess::NormalExit);
        QCOMPARE(process.exitCode(), 130);
        QCOMPARE(process.readAllStandardError(), QByteArray());
        QCOMPARE(QDir(m_folder.path()).entryList(QDir::AllEntries | QDir::NoDotAndDotDot), QStringList());
    }

    void aReaderThatGoesAwayIsNoCrash() {
        const Finished finished =
            executeInShell(QStringLiteral("(sleep 0.2; exec \"$0\" \"$@\") | true; exit ${PIPESTATUS[0]}"),
                           QStringList{QStringLiteral("summary")} + smallNetwork());
        QCOMPARE(finished.status, 130);
        QCOMPARE(finished.messages, QString());
    }

    void fullDiskBehindStdout() {
        const Finished finished = executeInShell(QStringLiteral("exec \"$0\" \"$@\" > /dev/full"),
                                                 QStringList{QStringLiteral("summary")} + smallNetwork());
        QCOMPARE(finished.status, 1);
        QVERIFY2(finished.messages.contains(QStringLiteral("standard output: ")),
                 qPrintable(finished.messages));
    }

    void fullDiskLeavesTheOlderFile_data() {
        QTest::addColumn<QString>("file");
        QTest::newRow("npy") << path("maps.npy");
        QTest::newRow("png") << path("maps.png");
    }
    void fullDiskLeavesTheOlderFile() {
        QFETCH(QString, file);
        QFile old(file);
        QVERIFY(old.open(QIODevice::WriteOnly) && old.write("old") == 3);
        old.close();
        const QStringList arguments =
            QStringList{QStringLiteral("maps"),  sample("china.jpg"),        QStringLiteral("--step"),
                        QStringLiteral("conv1"), QStringLiteral("--output"), file} +
            smallNetwork();
        const Finished finished =
            executeInShell(QStringLiteral("ulimit -f 1; exec \"$0\" \"$@\""), arguments);
        QCOMPARE(finished.status, 1);
        QVERIFY2(finished.messages.contains(file), qPrintable(finished.messages));
        QVERIFY(old.open(QIODevice::ReadOnly));
        QCOMPARE(old.readAll(), QByteArray("old"));
        QVERIFY(old.remove());
    }

    void aLocaleWithDecimalCommaChangesNothing() {
        QProcessEnvironment german = bareEnvironment();
        german.insert(QStringLiteral("LC_ALL"), QStringLiteral("de_DE.UTF-8"));
        german.insert(QStringLiteral("LANG"), QStringLiteral("de_DE.UTF-8"));
        const QStringList summary =
            QStringList{QStringLiteral("summary"), QStringLiteral("--epsilon"), QStringLiteral("1.5e-4")} +
            smallNetwork();
        const Finished here = execute(summary);
        QCOMPARE(here.status, 0);
        QVERIFY(here.output.contains("epsilon 0.00015"));
        QCOMPARE(execute(programPath(), summary, german).output, here.output);
    }

    void aLocaleWithoutUtf8IsNoTrouble() {
        QProcessEnvironment plain = bareEnvironment();
        plain.insert(QStringLiteral("LC_ALL"), QStringLiteral("C"));
        const Finished finished =
            execute(programPath(), QStringList{QStringLiteral("summary")} + smallNetwork(), plain);
        QCOMPARE(finished.status, 0);
        QCOMPARE(finished.messages, QString());
    }
};

RESNET_EVENT_LOOP_TEST(CommandLineTest)
#include "CommandLineTest.moc"
