#include "tests/TestPrograms.h"
#include "tests/ui/SmallWeightsFile.h"
#include "ui/workspace/Workspace.h"

#include <QTemporaryDir>
#include <QtTest>

#include <csignal>
#include <mutex>
#include <sys/stat.h>

using namespace resnet;
using namespace resnet::ui;
using namespace resnet::ui::test;

// Files that take long to read. The helper that reads HDF5 stands for all of them: here it waits for a word
// that nobody says, and for a file as large as this one it would itself be waited for three hours. So what
// waited for the file, for however short a time, would wait for longer than any test takes.
class OpeningTest : public QObject {
    Q_OBJECT
private:
    QTemporaryDir m_folder;
    QString m_slow = m_folder.filePath(QStringLiteral("slow.h5"));
    QString m_begun = m_folder.filePath(QStringLiteral("begun"));  // the helper's process
    QString m_good = m_folder.filePath(QStringLiteral("good.safetensors"));

    static void write(const QString& path, const QByteArray& bytes) {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write(bytes), bytes.size());
    }
    // Reads a file that is not going to be there. The process that reads it; 0 if it has not begun.
    pid_t startReading(Workspace& workspace) {
        QFile::remove(m_begun);
        workspace.openFile(m_slow);
        if (!QTest::qWaitFor([&] { return QFile::exists(m_begun); }, tests::patience(20'000)))
            return 0;
        QFile file(m_begun);
        return file.open(QIODevice::ReadOnly) && workspace.isBusy() ? pid_t(file.readAll().toInt()) : 0;
    }
    static bool isReading(pid_t process) { return ::kill(process, 0) == 0; }

private Q_SLOTS:
    void initTestCase() {
        write(m_slow, QByteArray("\x89HDF\r\n\x1a\n", 8));
        QVERIFY(QFile::resize(m_slow, qint64(1) << 40));  // nothing of it takes room
        const QString helper = m_folder.filePath(QStringLiteral("helper"));
        const QString never = m_folder.filePath(QStringLiteral("never"));
        QCOMPARE(::mkfifo(qPrintable(never), 0600), 0);
        const QString script =
            QStringLiteral("#!/bin/sh\necho $$ > '%1.part'\nmv '%1.part' '%1'\nread answer < '%2'\n");
        write(helper, script.arg(m_begun, never).toUtf8());
        QVERIFY(QFile::setPermissions(helper, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
        qputenv("RESNET_EXPLORER_HDF5_HELPER", helper.toUtf8());
        writeSmallWeights(m_good);
    }
    void cleanupTestCase() { qunsetenv("RESNET_EXPLORER_HDF5_HELPER"); }

    void twoAbandonedReadsDoNotBlockTheNext() {
        Workspace workspace(1);
        QList<Notice> errors;
        connect(&workspace, &Workspace::noticePosted, &workspace, [&](const Notice& notice) {
            if (notice.kind == Notice::Kind::Error)
                errors << notice;
        });
        const pid_t first = startReading(workspace);
        QVERIFY(first > 0);
        workspace.cancel();
        QVERIFY(!workspace.isBusy());
        const pid_t second = startReading(workspace);
        QVERIFY(second > 0 && second != first);
        workspace.openFile(m_good);
        QTRY_VERIFY_WITH_TIMEOUT(workspace.model(), 60'000);
        QVERIFY2(errors.isEmpty(), qPrintable(errors.value(0).text));
        QTRY_VERIFY_WITH_TIMEOUT(!isReading(first) && !isReading(second), 60'000);
    }

    void closingDoesNotWaitForTheFile() {
        auto workspace = std::make_unique<Workspace>(1);
        const pid_t reader = startReading(*workspace);
        QVERIFY(reader > 0 && isReading(reader));
        workspace.reset();
        QVERIFY(!isReading(reader));
    }

    void settingsOfSeveralFilesAreAllKept() {
        QStringList kept;
        std::mutex mutex;
        Workspace workspace(1);
        workspace.setModelMemory(ModelMemory([](const QString&) { return QByteArray(); },
                                             [&](const QString& file, const QByteArray& settings) {
                                                 const std::lock_guard lock(mutex);
                                                 if (!settings.isEmpty())
                                                     kept << file;
                                             }));
        ModelRequest padded;
        padded.padding = Padding::Same;
        for (const std::uint64_t seed : {1, 2, 3}) {
            const QString path = m_folder.filePath(QStringLiteral("%1.safetensors").arg(seed));
            writeSmallWeights(path, seed);
            workspace.openWeightsFile(path);
            QTRY_VERIFY(workspace.model() && workspace.model()->source == path.toStdString());
            workspace.setModelSettings(padded);
            QTRY_VERIFY(workspace.model()->detected);
        }
        QTRY_COMPARE(kept.size(), 3);
    }
};

RESNET_EVENT_LOOP_TEST(OpeningTest)
#include "OpeningTest.moc"
