#include "tests/TestPrograms.h"
#include "tests/app/cli/Program.h"

#include <QDir>
#include <QImageReader>
#include <QTemporaryDir>
#include <QtTest>

#include <csignal>

using namespace resnet::test;

// The forward pass as pictures, from the real program.
class AnimateTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    QString path(const char* name) const { return m_folder.filePath(QString::fromLatin1(name)); }
    QStringList files() const {
        return QDir(m_folder.path()).entryList(QDir::AllEntries | QDir::NoDotAndDotDot | QDir::Hidden);
    }
    QStringList arguments(const char* output, const char* options) const {
        return QStringList{QStringLiteral("animate"), sample("china.jpg"), QStringLiteral("--output"),
                           QString::fromLatin1(output).startsWith(QLatin1Char('/'))
                               ? QString::fromLatin1(output)
                               : path(output)} +
               smallNetwork() + QString::fromLatin1(options).split(QLatin1Char(' '), Qt::SkipEmptyParts);
    }
    Finished animate(const char* output, const char* options) const {
        return execute(arguments(output, options));
    }

private Q_SLOTS:
    void cleanup() {
        QDir(path("pass")).removeRecursively();
        for (const QString& each : files())
            QFile::remove(m_folder.filePath(each));
    }

    void aGifHasAPictureAStride_data() {
        QTest::addColumn<QByteArray>("by");
        QTest::addColumn<int>("pictures");
        QTest::newRow("step") << QByteArray("step") << 24;
        QTest::newRow("unit") << QByteArray("unit") << 5;
        QTest::newRow("stage") << QByteArray("stage") << 5;
    }
    void aGifHasAPictureAStride() {
        QFETCH(QByteArray, by);
        QFETCH(int, pictures);
        const Finished finished = animate("pass.gif", "--width 640 --height 360 --delay 120 --by " + by);
        QCOMPARE(finished.status, 0);
        QImageReader reader(path("pass.gif"));
        QCOMPARE(reader.imageCount(), pictures);
        const QImage first = reader.read();
        QCOMPARE(first.size(), QSize(640, 360));
        QCOMPARE(reader.nextImageDelay(), 120);
        QVERIFY(reader.read() != first);
    }

    void theSameBytesWithAnyNumberOfThreads() {
        QCOMPARE(animate("one.gif", "--width 640 --height 360 --threads 1").status, 0);
        QCOMPARE(animate("two.gif", "--width 640 --height 360 --threads 2").status, 0);
        QFile one(path("one.gif"));
        QFile two(path("two.gif"));
        QVERIFY(one.open(QIODevice::ReadOnly) && two.open(QIODevice::ReadOnly) && one.size() > 1000);
        QCOMPARE(one.readAll(), two.readAll());
    }

    void aFolderHasTheStepsNames() {
        QCOMPARE(animate("pass/", "--width 640 --height 360 --theme dark").status, 0);
        QCOMPARE(files(), QStringList{QStringLiteral("pass")});
        QCOMPARE(QDir(path("pass")).entryList(QDir::Files).join(QLatin1Char(' ')),
                 QStringLiteral("000-input.png 001-maxpool.png 002-layer1.0.relu2.png 003-layer2.0.relu2.png "
                                "004-softmax.png"));
    }

    void wrongUseIsOneLine_data() {
        QTest::addColumn<QByteArray>("output");
        QTest::addColumn<QByteArray>("options");
        QTest::addColumn<int>("status");
        QTest::addColumn<QString>("told");
        const auto row = [](const char* output, const char* options, int status, const char* told) {
            QTest::addRow("%s %s", output, options)
                << QByteArray(output) << QByteArray(options) << status << QString::fromLatin1(told);
        };
        row("pass.mp4", "", 2, "expected a name ending in .gif");
        row("pass.gif", "--by cell", 2, "--by: expected step or unit or stage, found 'cell'");
        row("pass.gif", "--width 10", 2, "--width");
        row("pass.gif", "--delay 0", 2, "--delay");
        row("none/pass.gif", "", 1, "does not exist");
        row("none/pass/", "", 1, "does not exist");
        row("/dev/full", "", 2, "expected a name ending in .gif");
    }
    void wrongUseIsOneLine() {
        QFETCH(QByteArray, output);
        QFETCH(QByteArray, options);
        QFETCH(int, status);
        QFETCH(QString, told);
        const Finished finished = animate(output, options);
        QCOMPARE(finished.status, status);
        QCOMPARE(finished.messageLines().size(), 1);
        QVERIFY2(finished.messages.contains(told), qPrintable(finished.messages));
        QCOMPARE(files(), QStringList());
    }

    void interruptedItLeavesNothing() {
        for (const char* output : {"pass.gif", "pass/"}) {
            QProcess process;
            process.setProcessEnvironment(bareEnvironment());
            process.start(programPath(), arguments(output, "--width 3840 --height 2160 --by step"));
            process.setReadChannel(QProcess::StandardError);
            QVERIFY(process.waitForReadyRead(resnet::tests::patience(60'000)));  // it tells how far it is
            ::kill(pid_t(process.processId()), SIGINT);
            QVERIFY(process.waitForFinished(resnet::tests::patience(30'000)));
            QCOMPARE(process.exitCode(), 130);
            QCOMPARE(files(), QStringList());
        }
    }
};

RESNET_EVENT_LOOP_TEST(AnimateTest)
#include "AnimateTest.moc"
