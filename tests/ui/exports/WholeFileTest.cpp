#include "core/Error.h"
#include "tests/TestPrograms.h"
#include "ui/exports/WholeFile.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QtTest>

#include <csignal>
#include <sys/resource.h>
#include <unistd.h>

using namespace resnet;

namespace {

QByteArray contentOfFile(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("(none)");
}

QString errorOf(const QString& path, const QByteArray& bytes) {
    try {
        ui::writeWholeFile(path, bytes);
    } catch (const Error& error) {
        return QString::fromUtf8(error.what());
    }
    return {};
}

// No file may grow beyond `bytes`, as on a full disk: write() fails part of the way.
class FileSizeLimit {
public:
    explicit FileSizeLimit(rlim_t bytes) {
        std::signal(SIGXFSZ, SIG_IGN);
        ::getrlimit(RLIMIT_FSIZE, &m_before);
        const rlimit limit{bytes, m_before.rlim_max};
        ::setrlimit(RLIMIT_FSIZE, &limit);
    }
    ~FileSizeLimit() { ::setrlimit(RLIMIT_FSIZE, &m_before); }

private:
    rlimit m_before{};
};

}  // namespace

class WholeFileTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    QString path(const char* name) const { return m_folder.filePath(QString::fromLatin1(name)); }
    QStringList files() const {
        return QDir(m_folder.path()).entryList(QDir::AllEntries | QDir::NoDotAndDotDot);
    }

private Q_SLOTS:
    void writesAndReplaces() {
        ui::writeWholeFile(path("a.svg"), "first");
        QCOMPARE(contentOfFile(path("a.svg")), QByteArray("first"));
        ui::writeWholeFile(path("a.svg"), QByteArray(3'000'000, 'x'));
        QCOMPARE(contentOfFile(path("a.svg")).size(), 3'000'000);
        ui::writeWholeFile(path("a.svg"), {});
        QCOMPARE(contentOfFile(path("a.svg")), QByteArray());
        QCOMPARE(files(), QStringList{QStringLiteral("a.svg")});
    }

    void fullDiskLeavesTheOlderFile_data() {
        QTest::addColumn<int>("size");
        QTest::newRow("fails while writing") << 1'000'000;
        QTest::newRow("fits Qt's buffer, fails when flushed") << 6000;
    }
    void fullDiskLeavesTheOlderFile() {
        QFETCH(int, size);
        ui::writeWholeFile(path("a.svg"), "old");
        QString error;
        {
            const FileSizeLimit limit(4096);
            error = errorOf(path("a.svg"), QByteArray(size, 'x'));
        }
        QVERIFY2(error.startsWith(path("a.svg")), qPrintable(error));
        QCOMPARE(contentOfFile(path("a.svg")), QByteArray("old"));
        QCOMPARE(files(), QStringList{QStringLiteral("a.svg")});
    }

    void folderAsTarget() {
        QVERIFY(QDir(m_folder.path()).mkdir(QStringLiteral("folder.png")));
        QVERIFY(errorOf(path("folder.png"), "x").contains(QStringLiteral("it is a folder")));
        QVERIFY(QDir(path("folder.png")).exists());
        QDir(m_folder.path()).rmdir(QStringLiteral("folder.png"));
    }

    void missingFolder() {
        QVERIFY(errorOf(path("none/a.svg"), "x").contains(QStringLiteral("does not exist")));
        QVERIFY(errorOf(QString(), "x").contains(QStringLiteral("name of a file")));
    }

    void readOnlyFolder() {
        if (::geteuid() == 0)
            QSKIP("root may write everywhere");
        ui::writeWholeFile(path("a.svg"), "old");
        QFile::setPermissions(m_folder.path(), QFile::ReadOwner | QFile::ExeOwner);
        const QString error = errorOf(path("a.svg"), "new");
        QFile::setPermissions(m_folder.path(), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        QVERIFY2(error.startsWith(path("a.svg")), qPrintable(error));
        QCOMPARE(contentOfFile(path("a.svg")), QByteArray("old"));
    }

    void deviceFile() { QVERIFY(!errorOf(QStringLiteral("/dev/full"), "x").isEmpty()); }
};

RESNET_EVENT_LOOP_TEST(WholeFileTest)
#include "WholeFileTest.moc"
