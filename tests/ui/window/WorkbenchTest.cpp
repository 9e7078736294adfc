#include "tests/TestPrograms.h"
#include "tests/ui/window/OpenWindow.h"
#include "ui/diagram/DiagramPanel.h"
#include "ui/inspector/InspectorCard.h"
#include "ui/predictions/InputCard.h"
#include "ui/tour/TourCard.h"
#include "ui/widgets/Explanation.h"
#include "ui/window/StatusLine.h"
#include "ui/window/WorkbenchTabs.h"

#include <QDialog>
#include <QLabel>
#include <QMenu>
#include <QMenuBar>
#include <QTabBar>

using namespace resnet;
using namespace resnet::ui;
using namespace resnet::ui::test;

// Tabs, rails and what the window has around them.
class WorkbenchTest : public QObject {
    Q_OBJECT
private:
    OpenWindow m_open;

    MainWindow& window() const { return *m_open.window; }
    Workspace& workspace() const { return *m_open.workspace; }
    template <typename Widget>
    Widget& part() const {
        return *window().findChild<Widget*>();
    }
    QTabBar& bar() const { return *part<Workbench>().findChild<QTabBar*>(); }

private Q_SLOTS:
    void init() { m_open.open(); }
    void cleanup() { m_open.close(); }

    void everyTabIsReachedByItsKeyAndByAClick() {
        const std::vector<WorkbenchTab> tabs = workbenchTabs();
        for (int tab = 0; tab < int(tabs.size()); ++tab) {
            m_open.press(Qt::Key(Qt::Key_1 + tab), Qt::ControlModifier);
            QCOMPARE(bar().currentIndex(), tab);
            QVERIFY(part<Workbench>().view()->isVisible());
        }
        QTest::mouseClick(&bar(), Qt::LeftButton, {}, bar().tabRect(1).center());
        QCOMPARE(workspace().settings().panelView, ViewSettings::maps);
    }

    void aTabKeepsTheViewThatWasChosenInIt() {
        auto& workbench = part<Workbench>();
        workbench.choose(QStringLiteral("units"));
        workbench.choose(ViewSettings::maps);
        bar().setCurrentIndex(bar().count() - 1);
        for (int tab = 0; tab < bar().count(); ++tab)
            if (bar().tabText(tab) == QStringLiteral("Charts"))
                bar().setCurrentIndex(tab);
        QCOMPARE(workspace().settings().panelView, QStringLiteral("units"));
        QVERIFY(!workbench.choose(QStringLiteral("no such view")));
        QCOMPARE(workspace().settings().panelView, QStringLiteral("units"));
    }

    void aTabIsTornOffAndFollows() {
        auto& workbench = part<Workbench>();
        workbench.choose(ViewSettings::maps);
        workbench.tearOffAction()->trigger();
        QDialog* dialog = window().findChild<QDialog*>();
        QVERIFY(dialog && dialog->isVisible());
        auto* torn = dialog->findChild<View*>();
        QVERIFY(torn && torn != workbench.view());
        workspace().goToStep(0);
        QCOMPARE(torn->subtitle(), workbench.view()->subtitle());
        workbench.tearOffAction()->trigger();  // the same window, not another one
        QCOMPARE(window().findChildren<QDialog*>().size(), 1);
        dialog->close();
        QTRY_VERIFY(window().findChildren<QDialog*>().isEmpty());
    }

    void aDoubleClickGivesTheWholeWindowAndBack() {
        auto& diagram = part<DiagramPanel>();
        QTest::mouseDClick(&bar(), Qt::LeftButton, {}, bar().tabRect(0).center());
        QVERIFY(!diagram.isVisible() && !part<InputCard>().isVisible());
        QTest::mouseDClick(&bar(), Qt::LeftButton, {}, bar().tabRect(0).center());
        QVERIFY(diagram.isVisible() && part<InputCard>().isVisible());
    }

    void railsOpenAndCloseAndANarrowWindowClosesThem() {
        m_open.press(Qt::Key_F9);
        QVERIFY(!part<InputCard>().isVisible());
        m_open.press(Qt::Key_F9);
        QVERIFY(part<InputCard>().isVisible());
        auto& status = part<StatusLine>();
        window().resize(1024, 680);
        QTRY_VERIFY(status.width() <= 1100);
        QVERIFY(part<DiagramPanel>().isVisible());
        QTRY_VERIFY2(part<Workbench>().width() >= 700,
                     qPrintable(QString::number(part<Workbench>().width())));
    }

    void wordsOpenTheirRailInANarrowWindowToo() {
        window().resize(1024, 680);
        QTRY_VERIFY(part<InputCard>().isVisible() && !part<InspectorCard>().isVisible());
        m_open.press(Qt::Key_F1);
        QVERIFY(part<TourCard>().isVisible() && !part<InputCard>().isVisible());
        part<TourCard>().leave();
        QVERIFY(part<InputCard>().isVisible() && !part<InspectorCard>().isVisible());
        m_open.press(Qt::Key_F10);
        QVERIFY(part<InspectorCard>().isVisible() && !part<InputCard>().isVisible());
        m_open.press(Qt::Key_F9);
        QVERIFY(part<InputCard>().isVisible() && !part<InspectorCard>().isVisible());
        m_open.press(Qt::Key_F9);
        QVERIFY(!part<InputCard>().isVisible() && !part<InspectorCard>().isVisible());
        window().resize(1280, 800);  // what is wanted of a wide window has not changed
        QTRY_VERIFY(part<InputCard>().isVisible() && part<InspectorCard>().isVisible());
    }

    void railsAreAsWideAfterAPresentation() {
        const int left = part<InputCard>().width();
        const int right = part<InspectorCard>().width();
        m_open.press(Qt::Key_F11);
        QVERIFY(!part<InputCard>().isVisible());
        m_open.press(Qt::Key_F11);
        window().resize(1280, 800);
        QTRY_COMPARE(part<InputCard>().width(), left);
        QTRY_COMPARE(part<InspectorCard>().width(), right);
    }

    void theWorkbenchHasItsRoom() {
        QTest::qWait(20);  // until the layout has come to rest
        QVERIFY2(
            part<Workbench>().width() >= 700 && part<Workbench>().height() >= 380,
            qPrintable(
                QStringLiteral("%1 x %2").arg(part<Workbench>().width()).arg(part<Workbench>().height())));
    }

    void presentationHidesTheBarsAndComesBack() {
        m_open.press(Qt::Key_F11);
        QVERIFY(!window().menuBar()->isVisible() && !part<StatusLine>().isVisible());
        QVERIFY(part<DiagramPanel>().isVisible() && part<Workbench>().isVisible());
        m_open.press(Qt::Key_F11);  // also while the menu bar is hidden
        QVERIFY(window().menuBar()->isVisible() && part<StatusLine>().isVisible());
    }

    void wordsStandInTheRightRail() {
        auto& pane = part<ExplanationPane>();
        QVERIFY(!pane.isVisible());
        m_open.press(Qt::Key_F1, Qt::ShiftModifier);
        QVERIFY(pane.isVisible());
        QCOMPARE(pane.shown().title, part<Workbench>().view()->explanation().title);
        QTest::keyClick(&pane, Qt::Key_Escape);
        QVERIFY(!pane.isVisible());
        m_open.press(Qt::Key_F1);
        QVERIFY(part<TourCard>().isVisible() && part<TourCard>().isRunning());
        m_open.press(Qt::Key_F1, Qt::ShiftModifier);
        QVERIFY(pane.isVisible());
        QTest::keyClick(&pane, Qt::Key_Escape);  // the tour goes on
        QVERIFY(part<TourCard>().isVisible());
    }

    void theStatusLineReadsTheCellAndTellsWhatWasDone() {
        auto& status = part<StatusLine>();
        workspace().goTo(0, 3, Cell{1, 2});
        const auto says = [&](const QString& text) {
            for (const QLabel* label : status.findChildren<QLabel*>())
                if (label->text().contains(text))
                    return true;
            return false;
        };
        QVERIFY(says(QStringLiteral("channel 3, row 1, column 2: ")));
        QVERIFY(says(QStringLiteral("%1 of %1 steps").arg(workspace().activations().stepCount())));
        workspace().post({Notice::Kind::Information, QStringLiteral("Saved x.csv"), {}});
        QCOMPARE(status.message(), QStringLiteral("Saved x.csv"));
    }

    // *Find or do* tells it, too.
    void aCommandThatIsNotPossibleSaysWhy() {
        workspace().restart();
        QStringList silent;
        int commands = 0;
        int impossible = 0;
        const auto look = [&](const auto& self, const QMenu& menu) -> void {
            for (QAction* each : menu.actions()) {
                if (each->menu()) {
                    self(self, *each->menu());
                    continue;
                }
                if (each->isSeparator() || each->text().isEmpty())
                    continue;
                ++commands;
                const QString plain =
                    QString(each->text()).remove(QLatin1Char('&')).remove(QStringLiteral("…"));
                if (each->isEnabled())
                    continue;
                ++impossible;
                if (each->toolTip().isEmpty() || each->toolTip() == plain)
                    silent << plain;
            }
        };
        for (const QAction* menu : window().menuBar()->actions())
            look(look, *menu->menu());
        QVERIFY2(silent.isEmpty(), qPrintable(silent.join(QStringLiteral(", "))));
        QVERIFY(commands > 60 && impossible > 5);
    }
};

RESNET_WINDOW_TEST(WorkbenchTest)
#include "WorkbenchTest.moc"
