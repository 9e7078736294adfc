#include "tests/TestPrograms.h"
#include "tests/ui/window/OpenWindow.h"
#include "ui/diagram/DiagramPanel.h"
#include "ui/predictions/InputCard.h"
#include "ui/steps/StepTree.h"
#include "ui/tour/TourCard.h"
#include "ui/window/FindBox.h"
#include "ui/window/Rails.h"
#include "ui/window/Workbench.h"

#include <QAction>
#include <QDialog>
#include <QMenu>
#include <QMenuBar>
#include <QSplitter>

using namespace resnet;
using namespace resnet::ui;
using namespace resnet::ui::test;

// What the menus do to panels, maps and the steps that were visited.
class MenusTest : public QObject {
    Q_OBJECT

    OpenWindow m_open;

    Workspace& workspace() const { return *m_open.workspace; }
    template <typename Widget>
    Widget& part() const {
        return *m_open.window->findChild<Widget*>();
    }
    QMenu* menu(const char* title) const {
        for (auto* each : m_open.window->findChildren<QMenu*>())
            if (each->title().remove(QLatin1Char('&')) == QLatin1String(title))
                return each;
        return nullptr;
    }
    QStringList found(const QString& text) const {
        auto& box = part<FindBox>();
        box.setFocus();
        box.setText(text);
        QStringList rows;
        for (const auto& each : box.findChild<FindList*>()->entries())
            rows << each.text;
        QTest::keyClick(&box, Qt::Key_Escape);
        return rows;
    }

private Q_SLOTS:
    void init() { m_open.open(); }
    void cleanup() { m_open.close(); }

    void resetPutsThePanelsBack() {
        QTest::qWait(20);  // until the layout has come to rest
        const QList<int> rails = part<Rails>().sizes();
        const int bench = part<Workbench>().height();
        part<Rails>().setSizes({340, 500, 400});
        auto* centre = qobject_cast<QSplitter*>(part<Workbench>().parentWidget());
        QVERIFY(centre);
        centre->setSizes({420, 320});
        part<Workbench>().tearOffAction()->trigger();
        m_open.press(Qt::Key_F9);
        m_open.press(Qt::Key_F9, Qt::ControlModifier);
        QVERIFY(!part<DiagramPanel>().isVisible());
        QVERIFY(m_open.window->findChild<QDialog*>());
        m_open.action("Reset panels")->trigger();
        QVERIFY(part<DiagramPanel>().isVisible() && part<InputCard>().isVisible());
        QTRY_COMPARE(part<Rails>().sizes(), rails);
        QTRY_COMPARE(part<Workbench>().height(), bench);
        QTRY_VERIFY(!m_open.window->findChild<QDialog*>());
    }

    // In a window that has room for one rail, too.
    void resetOpensTheRailsOfAWideWindow() {
        m_open.press(Qt::Key_F9);
        m_open.window->resize(1024, 680);
        QTRY_VERIFY(part<Rails>().width() < 1100);
        m_open.action("Reset panels")->trigger();
        QVERIFY(part<InputCard>().isVisible());
        m_open.window->resize(1280, 800);
        QTRY_VERIFY(part<InputCard>().isVisible() && part<Rails>().sizes()[2] > 0);
    }

    void mapsAreSetAsBesideThem() {
        menu("Order of the channels")->actions()[int(SortKey::Maximum)]->trigger();
        menu("Scale of the maps")->actions()[int(ScaleScope::Unit)]->trigger();
        menu("Colours of the maps")->actions()[2]->trigger();
        QCOMPARE(workspace().settings().sortKey, SortKey::Maximum);
        QCOMPARE(workspace().settings().scope, ScaleScope::Unit);
        QCOMPARE(workspace().settings().colors, ColorMap::Magma);
        ViewSettings settings = workspace().settings();
        settings.colors.reset();
        workspace().setSettings(settings);
        QVERIFY(menu("Colours of the maps")->actions()[0]->isChecked());
        workspace().goToLast();
        QAction* scale = menu("Scale of the maps")->actions()[0];
        QVERIFY(!scale->isEnabled() && !scale->toolTip().isEmpty());
        QVERIFY(menu("Order of the channels")->actions()[0]->isEnabled());
    }

    void visitedStepsAreInGo() {
        QAction* back = m_open.action("Back to the step visited before");
        QAction* forward = m_open.action("Forward to the step visited after");
        workspace().goToStep(2);
        workspace().goToStep(5);
        QVERIFY(back->isEnabled() && !forward->isEnabled());
        m_open.press(Qt::Key_Left, Qt::AltModifier);
        QCOMPARE(workspace().currentStep(), 2);
        QVERIFY(forward->isEnabled());
        forward->trigger();
        QCOMPARE(workspace().currentStep(), 5);
        m_open.action("Tree of all steps")->trigger();
        QVERIFY(part<StepTree>().isVisible());
    }

    void everyCommandIsInFindOrDo() {
        for (const char* each :
             {"Reset panels", "Magma", "Back to the step visited before", "Tree of all steps",
              "Show what was saved in its folder", "Guide", "Compute all"})
            QVERIFY2(found(QString::fromLatin1(each)).contains(QString::fromLatin1(each)), each);
    }

    void wordsAreShownInAPresentationToo() {
        m_open.press(Qt::Key_F11);
        QVERIFY(!part<InputCard>().isVisible());
        m_open.press(Qt::Key_F1);
        QVERIFY(part<TourCard>().isVisible());
        QVERIFY(!part<InputCard>().isVisible());
        part<TourCard>().leave();
        QVERIFY(!part<TourCard>().isVisible());
        m_open.press(Qt::Key_F1);
        m_open.press(Qt::Key_F11);
        QVERIFY(part<TourCard>().isVisible() && part<InputCard>().isVisible());
    }
};

RESNET_WINDOW_TEST(MenusTest)
#include "MenusTest.moc"
