#include "core/Error.h"
#include "tests/TestPrograms.h"
#include "ui/window/FileSaver.h"

#include <QDir>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QThread>
#include <QtTest>

#include <latch>

using namespace resnet;
using namespace resnet::ui;

class FileSaverTest : public QObject {
    Q_OBJECT
private:
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Workspace> m_workspace;
    QList<Notice> m_notices;

    QString path(const char* name) const { return m_folder->filePath(QLatin1String(name)); }
    static QByteArray contents(const QString& path) {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    static FileSaver::MakeBytes giving(const QByteArray& bytes) {
        return [bytes](const std::stop_token&) { return bytes; };
    }

private Q_SLOTS:
    void init() {
        m_folder = std::make_unique<QTemporaryDir>();
        m_workspace = std::make_unique<Workspace>(1);
        m_notices.clear();
        connect(m_workspace.get(), &Workspace::noticePosted, this,
                [this](const Notice& notice) { m_notices << notice; });
    }

    void severalFilesAreWrittenAndTold() {
        FileSaver saver(*m_workspace);
        saver.save(path("a"), giving("first"));
        saver.save(path("b"), giving("second"));
        QVERIFY(saver.isSaving());
        QTRY_VERIFY(!saver.isSaving());
        QCOMPARE(contents(path("a")), QByteArray("first"));
        QCOMPARE(contents(path("b")), QByteArray("second"));
        QCOMPARE(m_notices.size(), 2);
        QCOMPARE(m_notices[0].kind, Notice::Kind::Information);
    }

    void ofOneFileTheLatestWins() {
        FileSaver saver(*m_workspace);
        for (int i = 0; i < 20; ++i)
            saver.save(path("a"), giving(QByteArray::number(i)));
        QTRY_VERIFY(!saver.isSaving());
        QCOMPARE(contents(path("a")), QByteArray("19"));
        QCOMPARE(m_notices.size(), 1);
    }

    void whatCannotBeMadeOrWrittenIsTold() {
        FileSaver saver(*m_workspace);
        saver.save(path("none/a"), giving("x"));
        saver.save(path("b"),
                   [](const std::stop_token&) -> QByteArray { throw Error("too large a picture"); });
        QTRY_COMPARE(m_notices.size(), 2);
        for (const Notice& notice : m_notices)
            QCOMPARE(notice.kind, Notice::Kind::Error);
        QVERIFY(QDir(m_folder->path()).isEmpty());
    }

    void whatIsNotFinishedAtTheEndIsNotWritten() {
        std::latch begun(1);
        {
            FileSaver saver(*m_workspace);
            saver.save(path("a"), [&](const std::stop_token& stop) -> QByteArray {
                begun.count_down();
                while (!stop.stop_requested())
                    QThread::msleep(1);
                throw Error("stopped");
            });
            begun.wait();
        }
        QVERIFY(QDir(m_folder->path()).isEmpty());
        QVERIFY(m_notices.isEmpty());
    }
};

RESNET_EVENT_LOOP_TEST(FileSaverTest)
#include "FileSaverTest.moc"
