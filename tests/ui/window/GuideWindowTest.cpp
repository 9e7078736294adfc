#include "tests/TestPrograms.h"
#include "tests/ui/window/OpenWindow.h"
#include "ui/window/GuideWindow.h"
#include "ui/window/HelpActions.h"

#include <QAction>
#include <QDesktopServices>
#include <QDir>
#include <QPushButton>
#include <QRegularExpression>
#include <QScrollBar>
#include <QTextBlock>
#include <QTextBrowser>
#include <QUrl>

using namespace resnet::ui;
using namespace resnet::ui::test;

// Whoever shows web pages on a desktop.
class WebBrowser : public QObject {
    Q_OBJECT
public:
    WebBrowser() { QDesktopServices::setUrlHandler(QStringLiteral("https"), this, "open"); }
    ~WebBrowser() override { QDesktopServices::unsetUrlHandler(QStringLiteral("https")); }

    QList<QUrl> opened;

public Q_SLOTS:
    void open(const QUrl& url) { opened << url; }
};

class GuideWindowTest : public QObject {
    Q_OBJECT

    static QString docs() { return QStringLiteral(RESNET_SOURCE_DIR "/docs/"); }
    static QTextBrowser& pages(const QWidget& window) { return *window.findChild<QTextBrowser*>(); }
    // Where the first link to it begins and ends; {-1, -1}: nowhere.
    static std::pair<int, int> linkTo(const QTextBrowser& pages, const QString& target) {
        for (QTextBlock block = pages.document()->begin(); block.isValid(); block = block.next())
            for (auto part = block.begin(); !part.atEnd(); ++part)
                if (part.fragment().charFormat().anchorHref() == target)
                    return {part.fragment().position(),
                            part.fragment().position() + part.fragment().length()};
        return {-1, -1};
    }
    static void click(QTextBrowser& pages, const QString& target) {
        const auto [begin, end] = linkTo(pages, target);
        QVERIFY2(begin >= 0, qPrintable(target));
        QTextCursor cursor(pages.document());
        cursor.setPosition(begin);
        pages.setTextCursor(cursor);
        pages.ensureCursorVisible();
        const QPoint at = pages.cursorRect().center() + QPoint(4, 0);
        QTest::mouseClick(pages.viewport(), Qt::LeftButton, {}, at);
    }

private Q_SLOTS:
    void linksAreFollowedAndComeBack() {
        GuideWindow window(docs() + QStringLiteral("guide.md"), nullptr);
        window.setAttribute(Qt::WA_DeleteOnClose, false);
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        QTextBrowser& read = pages(window);
        QVERIFY(read.toPlainText().contains(QStringLiteral("What is where")));
        QPushButton* back = nullptr;
        for (auto* each : window.findChildren<QPushButton*>())
            if (each->text() == QStringLiteral("&Back"))
                back = each;
        QVERIFY(back && !back->isEnabled());
        click(read, QStringLiteral("command-line.md#training"));
        QCOMPARE(read.source().fileName(), QStringLiteral("command-line.md"));
        QVERIFY(read.verticalScrollBar()->value() > 0);  // at the heading
        QCOMPARE(read.cursorForPosition({40, 4}).block().text(), QStringLiteral("training"));
        QTest::mouseClick(back, Qt::LeftButton);
        QCOMPARE(read.source().fileName(), QStringLiteral("guide.md"));
    }

    void whatLeadsOutIsOpenedByTheDesktop() {
        WebBrowser browser;
        GuideWindow window(docs() + QStringLiteral("guide.md"), nullptr);
        window.setAttribute(Qt::WA_DeleteOnClose, false);
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        click(pages(window), QStringLiteral("https://arxiv.org/abs/1605.06431"));
        QCOMPARE(browser.opened, {QUrl(QStringLiteral("https://arxiv.org/abs/1605.06431"))});
        QCOMPARE(pages(window).source().fileName(), QStringLiteral("guide.md"));
    }

    void noPictureIsWiderThanTheText() {
        GuideWindow window(docs() + QStringLiteral("guide.md"), nullptr);
        window.setAttribute(Qt::WA_DeleteOnClose, false);
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        for (const int width : {600, 1000}) {
            window.resize(width, 600);
            QTRY_VERIFY(pages(window).document()->size().width() <= pages(window).viewport()->width() + 1);
            QCOMPARE(pages(window).horizontalScrollBar()->maximum(), 0);
        }
    }

    // All that the documents lead to is installed with them.
    void everyDocumentThatIsLinkedIsThere() {
        static const QRegularExpression link(QStringLiteral("\\]\\(([^)#:]+)(#[^)]*)?\\)"));
        int found = 0;
        for (const QString& name : QDir(docs()).entryList({QStringLiteral("*.md")})) {
            QFile file(docs() + name);
            QVERIFY(file.open(QIODevice::ReadOnly));
            const QString text = QString::fromUtf8(file.readAll());
            for (auto each = link.globalMatch(text); each.hasNext(); ++found) {
                const QString target = each.next().captured(1);
                QVERIFY2(QFile::exists(docs() + target) && !target.startsWith(QStringLiteral("..")),
                         qPrintable(name + QStringLiteral(": ") + target));
            }
        }
        QVERIFY(found > 20);
    }

    void withoutFilesTheMenuSaysSo() {
        OpenWindow open;
        open.open();
        QAction* guide = open.window->findChild<HelpActions*>()->guide;
        QVERIFY(!guide->isEnabled());
        QVERIFY(guide->toolTip().contains(QStringLiteral("missing")));
        open.close();
    }
};

RESNET_WINDOW_TEST(GuideWindowTest)
#include "GuideWindowTest.moc"
