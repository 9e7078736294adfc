#include "tests/TestPrograms.h"
#include "tests/ui/download/FileServer.h"
#include "ui/download/DownloadDialog.h"
#include "ui/download/WeightsDownloader.h"

#include <QCryptographicHash>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace resnet::ui;
using namespace resnet::ui::test;

namespace {

QByteArray contentOf(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("missing");
}

void write(const QString& path, const QByteArray& bytes) {
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(bytes), bytes.size());
}

}  // namespace

class WeightsDownloaderTest : public QObject {
    Q_OBJECT
private:
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<FileServer> m_server;

    PublishedWeights weights() const {
        const QByteArray sum = QCryptographicHash::hash(fileOf(400'000), QCryptographicHash::Sha256).toHex();
        return {m_server->url(), QStringLiteral("weights.pth"), sum, 400'000, 500'000};
    }
    QString folder() const { return m_folder->filePath(QStringLiteral("data/deeper")); }
    QString target() const { return folder() + QStringLiteral("/weights.pth"); }
    QString part() const { return target() + QStringLiteral(".part"); }

    // Starts and waits for the end. Empty if it went well.
    QString fetch(WeightsDownloader& downloader) const {
        QSignalSpy finished(&downloader, &WeightsDownloader::finished);
        QSignalSpy failed(&downloader, &WeightsDownloader::failed);
        downloader.start();
        if (!QTest::qWaitFor([&] { return finished.size() + failed.size() > 0; },
                             resnet::tests::patience(20'000)))
            return QStringLiteral("no end");
        if (finished.size() + failed.size() != 1 || downloader.state() != WeightsDownloader::State::Idle)
            return QStringLiteral("more than one end");
        return failed.isEmpty() ? QString() : failed[0][0].toString();
    }

private Q_SLOTS:
    void init() {
        m_folder = std::make_unique<QTemporaryDir>();
        m_server = std::make_unique<FileServer>();
        QVERIFY(m_server->isListening());
    }

    void rightFileIsMovedIntoItsPlace() {
        WeightsDownloader downloader(weights(), folder());
        QSignalSpy progress(&downloader, &WeightsDownloader::progressed);
        QCOMPARE(fetch(downloader), QString());
        QCOMPARE(contentOf(target()), m_server->file);
        QVERIFY(!QFile::exists(part()));
        QCOMPARE(progress.last()[0].toLongLong(), 400'000);
        QCOMPARE(progress.last()[1].toLongLong(), 400'000);
        QCOMPARE(QDir(folder()).entryList(QDir::Files | QDir::Hidden),
                 QStringList{QStringLiteral("weights.pth")});
    }

    void fileThatIsThereIsNotFetchedAgain() {
        WeightsDownloader downloader(weights(), folder());
        QCOMPARE(fetch(downloader), QString());
        QCOMPARE(fetch(downloader), QString());
        QCOMPARE(m_server->requests.size(), 1);
        write(target(), "another file of that name");
        QCOMPARE(fetch(downloader), QString());
        QCOMPARE(contentOf(target()), m_server->file);
    }

    void cutOffTransferGoesOn() {
        m_server->cutAfter = 150'000;
        WeightsDownloader downloader(weights(), folder());
        QVERIFY(fetch(downloader).contains(QStringLiteral("broke off")));
        QVERIFY(!QFile::exists(target()));
        QCOMPARE(downloader.partSize(), 150'000);
        WeightsDownloader next(weights(), folder());
        QCOMPARE(fetch(next), QString());
        QCOMPARE(m_server->requestedStart(1), 150'000);
        QCOMPARE(contentOf(target()), m_server->file);
    }

    void cutOffWithoutLengthIsFoundByTheSum() {
        m_server->tellsLength = false;
        m_server->cutAfter = 150'000;
        WeightsDownloader downloader(weights(), folder());
        QVERIFY(fetch(downloader).contains(QStringLiteral("SHA-256 begins with")));
        QVERIFY(!QFile::exists(target()));
    }

    void serverThatIgnoresRangeSendsAllAgain() {
        m_server->cutAfter = 150'000;
        m_server->knowsRange = false;
        WeightsDownloader downloader(weights(), folder());
        QVERIFY(!fetch(downloader).isEmpty());
        QCOMPARE(fetch(downloader), QString());
        QCOMPARE(contentOf(target()), m_server->file);
    }

    void wrongRangeBeginsAgainFromTheStart() {
        m_server->cutAfter = 150'000;
        m_server->sendsWrongRange = true;
        WeightsDownloader downloader(weights(), folder());
        QVERIFY(!fetch(downloader).isEmpty());
        QCOMPARE(fetch(downloader), QString());
        QCOMPARE(m_server->requests.size(), 3);
        QCOMPARE(m_server->requestedStart(2), 0);
        QCOMPARE(contentOf(target()), m_server->file);
    }

    void completePartIsOnlyChecked() {
        QVERIFY(QDir().mkpath(folder()));
        write(part(), m_server->file);
        WeightsDownloader downloader(weights(), folder());
        QCOMPARE(fetch(downloader), QString());
        QCOMPARE(contentOf(target()), m_server->file);
    }

    void partThatIsTooLongBeginsAgain() {
        QVERIFY(QDir().mkpath(folder()));
        write(part(), m_server->file + "more");
        WeightsDownloader downloader(weights(), folder());
        QCOMPARE(fetch(downloader), QString());
        QCOMPARE(contentOf(target()), m_server->file);
    }

    void wrongFileIsRemovedAndSaid() {
        m_server->file[200'000] = char(m_server->file[200'000] ^ 1);
        WeightsDownloader downloader(weights(), folder());
        const QString reason = fetch(downloader);
        QVERIFY2(reason.contains(QStringLiteral("it was removed")), qPrintable(reason));
        QVERIFY(reason.contains(QString::fromLatin1(weights().sha256.left(16))));
        QVERIFY(!QFile::exists(part()));
        QVERIFY(!QFile::exists(target()));
    }

    void theWholeSumCounts() {
        PublishedWeights other = weights();
        other.sha256.back() = other.sha256.endsWith('0') ? '1' : '0';
        WeightsDownloader downloader(other, folder());
        QVERIFY(fetch(downloader).contains(QStringLiteral("it was removed")));
        QVERIFY(!QFile::exists(target()));
        QCOMPARE(torchvisionResNet34().sha256.size(), 64);
    }

    void tooLargeFileIsGivenUp_data() {
        QTest::addColumn<bool>("tellsLength");
        QTest::newRow("says so") << true;
        QTest::newRow("does not say so") << false;
    }

    void tooLargeFileIsGivenUp() {
        QFETCH(const bool, tellsLength);
        m_server->file = fileOf(900'000);
        m_server->tellsLength = tellsLength;
        WeightsDownloader downloader(weights(), folder());
        const QString reason = fetch(downloader);
        QVERIFY2(reason.contains(QStringLiteral("more than")), qPrintable(reason));
        QVERIFY(!QFile::exists(part()));
    }

    void slowServerIsWaitedFor() {
        m_server->bytesAtOnce = 8'000;
        WeightsDownloader downloader(weights(), folder());
        downloader.setPatience(std::chrono::seconds(5));
        QSignalSpy progress(&downloader, &WeightsDownloader::progressed);
        QCOMPARE(fetch(downloader), QString());
        QVERIFY(progress.size() > 5);
    }

    void silentServerIsGivenUp() {
        m_server->stalls = true;
        WeightsDownloader downloader(weights(), folder());
        downloader.setPatience(std::chrono::milliseconds(1500));
        const QString reason = fetch(downloader);
        QVERIFY2(reason.contains(QStringLiteral("sent nothing for 1.5 s")), qPrintable(reason));
        QCOMPARE(downloader.partSize(), 1000);
    }

    void refusalIsSaid() {
        m_server->status = 404;
        WeightsDownloader downloader(weights(), folder());
        QCOMPARE(fetch(downloader), QStringLiteral("127.0.0.1 answered 404 Refused"));
        QCOMPARE(downloader.partSize(), 0);
        m_server->status = 200;
        QCOMPARE(fetch(downloader), QString());
    }

    void redirectIsFollowed() {
        m_server->location = m_server->url().toEncoded() + "?elsewhere";
        WeightsDownloader downloader(weights(), folder());
        QCOMPARE(fetch(downloader), QString());
        QCOMPARE(m_server->requests.size(), 2);
        QVERIFY(m_server->requests[1].startsWith("GET /weights.pth?elsewhere"));
    }

    void redirectThatLeavesTheWebIsNot() {
        m_server->location = "file:///etc/hostname";
        WeightsDownloader downloader(weights(), folder());
        QVERIFY(!fetch(downloader).isEmpty());
        QVERIFY(!QFile::exists(target()));
    }

    void noServerIsSaid() {
        m_server->close();
        WeightsDownloader downloader(weights(), folder());
        const QString reason = fetch(downloader);
        QVERIFY2(reason.contains(QStringLiteral("could not be reached")), qPrintable(reason));
    }

    void folderThatCannotBeMadeIsSaid() {
        write(m_folder->filePath(QStringLiteral("data")), "a file");
        WeightsDownloader downloader(weights(), folder());
        QVERIFY(fetch(downloader).contains(QStringLiteral("cannot be made")));
    }

    void twoAtOnceDoNotMix() {
        m_server->bytesAtOnce = 8'000;
        WeightsDownloader first(weights(), folder());
        first.start();
        WeightsDownloader second(weights(), folder());
        QCOMPARE(fetch(second), QStringLiteral("another window is fetching this file"));
        QTRY_COMPARE_WITH_TIMEOUT(first.state(), WeightsDownloader::State::Idle, 20'000);
        QCOMPARE(contentOf(target()), m_server->file);
    }

    void cancelKeepsThePart() {
        m_server->bytesAtOnce = 8'000;
        WeightsDownloader downloader(weights(), folder());
        QSignalSpy finished(&downloader, &WeightsDownloader::finished);
        QSignalSpy failed(&downloader, &WeightsDownloader::failed);
        downloader.start();
        QTRY_VERIFY(downloader.partSize() > 20'000);
        downloader.cancel();
        QCOMPARE(downloader.state(), WeightsDownloader::State::Idle);
        const qint64 kept = downloader.partSize();
        QTest::qWait(50);
        QCOMPARE(downloader.partSize(), kept);
        QVERIFY(finished.isEmpty() && failed.isEmpty());
        QCOMPARE(fetch(downloader), QString());
        QCOMPARE(m_server->requestedStart(1), int(kept));
        QCOMPARE(contentOf(target()), m_server->file);
    }

    void dialogFetchesStopsAndTells() {
        m_server->bytesAtOnce = 8'000;
        DownloadDialog dialog(std::make_unique<WeightsDownloader>(weights(), folder()));
        QSignalSpy fetched(&dialog, &DownloadDialog::fetched);
        dialog.show();
        const auto buttons = dialog.findChildren<QPushButton*>();
        const auto start =
            *std::ranges::find_if(buttons, [](QPushButton* button) { return button->isDefault(); });
        auto* bar = dialog.findChild<QProgressBar*>();
        QCOMPARE(start->text(), QStringLiteral("&Download"));
        QVERIFY(m_server->requests.isEmpty());

        QTest::mouseClick(start, Qt::LeftButton);
        QCOMPARE(start->text(), QStringLiteral("&Stop"));
        QTRY_VERIFY(bar->value() > 100);
        QTest::mouseClick(start, Qt::LeftButton);
        QCOMPARE(start->text(), QStringLiteral("&Continue"));

        m_server->status = 503;
        QTest::mouseClick(start, Qt::LeftButton);
        const auto says = [&](const char* text) {
            const auto labels = dialog.findChildren<QLabel*>();
            return std::ranges::any_of(
                labels, [&](QLabel* label) { return label->text().contains(QString::fromUtf8(text)); });
        };
        QTRY_VERIFY(says("127.0.0.1 answered 503 Refused. By hand: put weights.pth into"));

        m_server->status = 200;
        m_server->bytesAtOnce = 1 << 20;
        QTest::keyClick(&dialog, Qt::Key_Return);
        QTRY_COMPARE(fetched.size(), 1);
        QCOMPARE(fetched[0][0].toString(), target());
        QVERIFY(!dialog.isVisible());
    }
};

RESNET_WINDOW_TEST(WeightsDownloaderTest)
#include "WeightsDownloaderTest.moc"
