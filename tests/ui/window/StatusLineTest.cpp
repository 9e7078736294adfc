#include "tests/TestPrograms.h"
#include "tests/ui/window/OpenWindow.h"
#include "ui/window/StatusLine.h"

#include <QAction>
#include <QDesktopServices>
#include <QFileDialog>
#include <QLabel>
#include <QSettings>
#include <QTemporaryDir>
#include <QToolButton>
#include <QUrl>

using namespace resnet::ui;
using namespace resnet::ui::test;

// Whoever shows folders on a desktop.
class FileManager : public QObject {
    Q_OBJECT
public:
    FileManager() { QDesktopServices::setUrlHandler(QStringLiteral("file"), this, "open"); }
    ~FileManager() override { QDesktopServices::unsetUrlHandler(QStringLiteral("file")); }

    QList<QUrl> opened;

public Q_SLOTS:
    void open(const QUrl& url) { opened << url; }
};

class StatusLineTest : public QObject {
    Q_OBJECT

    OpenWindow m_open;
    QTemporaryDir m_folder;

    StatusLine& line() const { return *m_open.window->findChild<StatusLine*>(); }
    QToolButton* inFolder() const {
        for (auto* each : line().findChildren<QToolButton*>())
            if (each->text() == QStringLiteral("Show in folder") && each->isVisible())
                return each;
        return nullptr;
    }

private Q_SLOTS:
    void init() { m_open.open(); }
    void cleanup() { m_open.close(); }

    void whatWasSavedIsShownInItsFolder() {
        FileManager manager;
        QVERIFY(!inFolder());
        QVERIFY(!line().showSavedAction()->isEnabled());
        const QString path = m_folder.filePath(QStringLiteral("steps.csv"));
        QTimer::singleShot(0, this, [&] {
            auto* dialog = qobject_cast<QFileDialog*>(QApplication::activeModalWidget());
            QVERIFY(dialog);
            dialog->selectFile(path);
            static_cast<QDialog*>(dialog)->accept();  // a file dialog's own is protected
        });
        m_open.action("All steps")->trigger();
        QTRY_VERIFY(inFolder());
        QVERIFY2(line().message().contains(path), qPrintable(line().message()));
        QVERIFY2(inFolder()->accessibleName().contains(QStringLiteral("steps.csv")),
                 qPrintable(inFolder()->accessibleName()));
        QTest::mouseClick(inFolder(), Qt::LeftButton);
        QCOMPARE(manager.opened, {QUrl::fromLocalFile(m_folder.path())});
        QVERIFY(m_open.action("Show what was saved")->isEnabled());
        m_open.action("Show what was saved")->trigger();
        QCOMPARE(manager.opened.size(), 2);
    }

    void theKeyboardReachesItAndPressesIt() {
        FileManager manager;
        m_open.workspace->post(savedNotice(m_folder.filePath(QStringLiteral("x.png"))));
        for (int i = 0; i < 8 && !inFolder()->hasFocus(); ++i)
            QTest::keyClick(QApplication::focusWidget(), Qt::Key_F6);
        QVERIFY(inFolder()->hasFocus());
        QTest::keyClick(inFolder(), Qt::Key_Return);
        QCOMPARE(manager.opened.size(), 1);
    }

    void aFolderThatWasWrittenIsShownItself() {
        FileManager manager;
        m_open.workspace->post(savedNotice(m_folder.path() + QLatin1Char('/')));
        QTest::mouseClick(inFolder(), Qt::LeftButton);
        QCOMPARE(manager.opened, {QUrl::fromLocalFile(m_folder.path())});
    }

    void itGoesWithTheNextMessage() {
        m_open.workspace->post(savedNotice(m_folder.filePath(QStringLiteral("x.png"))));
        QVERIFY(inFolder());
        m_open.workspace->post({Notice::Kind::Information, QStringLiteral("Copied"), {}});
        QVERIFY(!inFolder());
    }

    void aFolderThatIsGoneIsTold() {
        FileManager manager;
        m_open.workspace->post(savedNotice(m_folder.filePath(QStringLiteral("none/x.png"))));
        QSignalSpy notices(m_open.workspace.get(), &Workspace::noticePosted);
        QTest::mouseClick(inFolder(), Qt::LeftButton);
        QVERIFY(manager.opened.isEmpty());
        QCOMPARE(notices.size(), 1);
    }
};

RESNET_WINDOW_TEST(StatusLineTest)
#include "StatusLineTest.moc"
