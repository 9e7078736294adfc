#include "tests/TestPrograms.h"
#include "tests/ui/window/LayoutCheck.h"
#include "tests/ui/window/OpenWindow.h"
#include "ui/window/Preferences.h"
#include "ui/window/Workbench.h"

#include <QAbstractItemView>
#include <QComboBox>
#include <QProcess>
#include <QProcessEnvironment>

using namespace resnet::ui;
using namespace resnet::ui::test;

// Every view of the workbench, at every size of window and text: no text is cut, nothing lies over its
// neighbour or outside its parent.
class LayoutTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { m_open.open(); }
    void cleanupTestCase() { m_open.close(); }

    void everythingHasRoom_data() {
        QTest::addColumn<int>("percent");
        QTest::addColumn<QSize>("size");
        QTest::addColumn<bool>("isDark");
        for (const int percent : {80, 100, 150, 200})
            for (const QSize& size : {QSize(1024, 680), QSize(1280, 800), QSize(1920, 1080)})
                for (const bool isDark : {false, true})
                    QTest::addRow("%d at %dx%d%s", percent, size.width(), size.height(),
                                  isDark ? ", dark" : "")
                        << percent << size << isDark;
    }
    void everythingHasRoom() {
        QFETCH(const int, percent);
        QFETCH(const QSize, size);
        auto* preferences = m_open.window->findChild<Preferences*>();
        QFETCH(const bool, isDark);
        if (preferences->textPercent() != percent)
            preferences->setTextPercent(percent);
        if (isDark != (preferences->scheme() == Preferences::Scheme::Dark))
            preferences->setScheme(isDark ? Preferences::Scheme::Dark : Preferences::Scheme::Light);
        m_open.window->resize(size);
        auto* workbench = m_open.window->findChild<Workbench*>();
        QStringList faults;
        for (int tab = 0; tab < workbench->tabCount(); ++tab)
            for (const ViewEntry& entry : workbench->tab(tab).views) {
                QVERIFY(workbench->choose(entry.key));
                settle();
                LayoutCheck check(entry.key);
                check.look(*m_open.window);
                for (const QString& fault : check.faults())
                    if (!faults.contains(fault))
                        faults << fault;
            }
        QCOMPARE(m_open.window->size(), size);
        QVERIFY2(faults.isEmpty(), qPrintable(QLatin1Char('\n') + faults.join(QLatin1Char('\n'))));
    }

    // A list is as wide as its longest choice, opens below its box, and stays on the screen.
    void listsOfChoicesHaveRoom() {
        auto* preferences = m_open.window->findChild<Preferences*>();
        preferences->setTextPercent(100);
        m_open.window->resize(1280, 800);
        settle();
        int seen = 0;
        for (auto* box : m_open.window->findChildren<QComboBox*>()) {
            if (!box->isVisible() || box->isEditable())
                continue;
            box->showPopup();
            QTRY_VERIFY(box->view()->isVisible());
            const QAbstractItemView& list = *box->view();
            QVERIFY2(list.viewport()->width() >= list.sizeHintForColumn(0),
                     qPrintable(box->accessibleName()));
            QVERIFY2(list.mapToGlobal(QPoint()).y() >= box->mapToGlobal(QPoint()).y() + box->height() - 1,
                     qPrintable(box->accessibleName()));
            box->hidePopup();
            ++seen;
        }
        QVERIFY(seen > 0);
    }

    // A screen of 3840 x 2160 with two pixels a side for one: the scale is that of a whole process.
    void everythingHasRoomAtScaleTwo() {
        if (qApp->devicePixelRatio() > 1.0)
            return;  // this is that process
        QProcess scaled;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("QT_SCALE_FACTOR"), QStringLiteral("2"));
        scaled.setProcessEnvironment(environment);
        scaled.setProcessChannelMode(QProcess::MergedChannels);
        scaled.start(QCoreApplication::applicationFilePath(),
                     {QStringLiteral("LayoutTest"), QStringLiteral("theScaleIsAsAsked"),
                      QStringLiteral("everythingHasRoom:80 at 1920x1080"),
                      QStringLiteral("everythingHasRoom:100 at 1920x1080, dark"),
                      QStringLiteral("everythingHasRoom:150 at 1920x1080, dark"),
                      QStringLiteral("everythingHasRoom:200 at 1920x1080")});
        QVERIFY(scaled.waitForFinished(-1));
        const QByteArray told = scaled.readAll();
        QVERIFY2(scaled.exitStatus() == QProcess::NormalExit && scaled.exitCode() == 0, told.constData());
        QVERIFY2(told.contains("7 passed"), told.constData());  // with the first and the last step
    }
    void theScaleIsAsAsked() {
        QCOMPARE(m_open.window->devicePixelRatio(),
                 qEnvironmentVariable("QT_SCALE_FACTOR", QStringLiteral("1")).toDouble());
    }

private:
    static void settle() {
        for (int pass = 0; pass < 3; ++pass) {
            QCoreApplication::sendPostedEvents(nullptr, QEvent::LayoutRequest);
            QCoreApplication::processEvents();
        }
    }

    OpenWindow m_open;
};

RESNET_WINDOW_TEST(LayoutTest)
#include "LayoutTest.moc"
