#include "tests/TestPrograms.h"
#include "tests/ui/SmallWeightsFile.h"
#include "ui/workspace/Workspace.h"

#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QtTest>

#include <mutex>

using namespace resnet;
using namespace resnet::ui;
using namespace resnet::ui::test;

// Files that take long to read. The helper that reads HDF5 stands for all of them: here it never answers, and
// for a file as large as this one it would be waited for 200 s.
class OpeningTest : public QObject {
    Q_OBJECT
private:
    static constexpr int soon = 60'000;  // milliseconds: well before that, however busy the machine

    QTemporaryDir m_folder;
    QString m_slow = m_folder.filePath(QStringLiteral("slow.h5"));
    QString m_begun = m_folder.filePath(QStringLiteral("begun"));
    QString m_good = m_folder.filePath(QStringLiteral("good.safetensors"));

    static void write(const QString& path, const QByteArray& bytes) {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write(bytes), bytes.size());
    }
    // Reads a file that is not going to be there.
    void startReading(Workspace& workspace) {
        QFile::remove(m_begun);
        workspace.openFile(m_slow);
        QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(m_begun), 20'000);
        QVERIFY(workspace.isBusy());
    }

private Q_SLOTS:
    void initTestCase() {
        write(m_slow, QByteArray("\x89HDF\r\n\x1a\n", 8));
        QVERIFY(QFile::resize(m_slow, qint64(20) << 30));  // nothing of it takes room
        const QString helper = m_folder.filePath(QStringLiteral("helper"));
        write(helper, "#!/bin/sh\n: > '" + m_begun.toUtf8() + "'\nexec sleep 300\n");
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
        startReading(workspace);
        workspace.cancel();
        QVERIFY(!workspace.isBusy());
        startReading(workspace);
        QElapsedTimer timer;
        timer.start();
        workspace.openFile(m_good);
        QTRY_VERIFY_WITH_TIMEOUT(workspace.model(), soon);
        QVERIFY(timer.elapsed() < soon);
        QVERIFY2(errors.isEmpty(), qPrintable(errors.value(0).text));
    }

    void closingDoesNotWaitForTheFile() {
        auto workspace = std::make_unique<Workspace>(1);
        startReading(*workspace);
        QElapsedTimer timer;
        timer.start();
        workspace.reset();
        QVERIFY2(timer.elapsed() < soon, qPrintable(QString::number(timer.elapsed())));
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
