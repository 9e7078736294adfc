#include "tests/TestPrograms.h"
#include "tests/ui/window/OpenWindow.h"
#include "tests/ui/window/PanelParts.h"
#include "ui/workspace/HistoryKeeper.h"
#include "ui/workspace/Playback.h"

#include <QAction>

using namespace resnet;
using namespace resnet::ui;
using namespace resnet::ui::test;

// Undo and redo in the window, by keys and clicks.
class HistoryActionsTest : public QObject {
    Q_OBJECT

    OpenWindow m_open;

    void undo() { m_open.press(Qt::Key_Z, Qt::ControlModifier); }
    void redo() { m_open.press(Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier); }
    // A change is in the history when control is back at the event loop.
    static void settle() { QCoreApplication::processEvents(); }
    Workspace& workspace() const { return *m_open.workspace; }
    Workbench& panel() const { return *m_open.window->findChild<Workbench*>(); }
    PanelParts parts() const { return PanelParts(panel()); }
    void clickChannel(int channel) {
        MapGrid* grid = parts().grid();
        QTest::mouseClick(grid->viewport(), Qt::LeftButton, {}, grid->channelRect(channel).center());
        settle();
    }
    void set(void (*change)(ViewSettings&)) {
        ViewSettings settings = workspace().settings();
        change(settings);
        workspace().setSettings(settings);
        settle();
    }

private Q_SLOTS:
    void init() {
        m_open.open();
        panel().choose(ViewSettings::maps);
        workspace().history().amend();
        settle();
    }
    void cleanup() { m_open.close(); }

    void openingIsNothingToUndo() {
        QAction* undoAction = m_open.action("Undo");
        QVERIFY(undoAction && !undoAction->isEnabled());
        QCOMPARE(undoAction->text(), QStringLiteral("&Undo"));
        QVERIFY(!undoAction->toolTip().isEmpty());
        QVERIFY(!m_open.action("Redo")->isEnabled());
    }

    void aClickOnAChannelIsUndoneAndDoneAgain() {
        const int before = workspace().channel();
        const int other = before == 5 ? 4 : 5;
        clickChannel(other);
        QCOMPARE(workspace().channel(), other);
        QCOMPARE(m_open.action("Undo")->text(), QStringLiteral("&Undo: channel %1").arg(other));
        undo();
        QCOMPARE(workspace().channel(), before);
        QVERIFY(!m_open.action("Undo")->isEnabled());
        QCOMPARE(m_open.action("Redo")->text(), QStringLiteral("R&edo: channel %1").arg(other));
        redo();
        QCOMPARE(workspace().channel(), other);
    }

    void aStepComesBackWithItsChannelAndCell() {
        const StepId step = workspace().currentStep();
        workspace().selectChannel(6);
        settle();
        workspace().selectCell(Cell{3, 2});
        settle();
        m_open.press(Qt::Key_End);  // classes: the best of them
        const FeatureMaps& shares = *workspace().activations().output(workspace().currentStep());
        QCOMPARE(workspace().channel(),
                 int(std::max_element(shares.data(), shares.data() + shares.size()) - shares.data()));
        undo();
        QCOMPARE(workspace().currentStep(), step);
        QCOMPARE(workspace().channel(), 6);
        QCOMPARE(workspace().cell(), std::optional(Cell{3, 2}));
        QCOMPARE(m_open.action("Undo")->text(), QStringLiteral("&Undo: row 3, column 2"));
        undo();
        QCOMPARE(workspace().cell(), std::optional<Cell>());
    }

    void whatWasSetComesBackInTheControls() {
        parts().controls()->setSortKey(SortKey::Maximum);
        settle();
        parts().controls()->setColors(ColorMap::Magma);
        settle();
        panel().choose(QStringLiteral("steps"));
        settle();
        set([](ViewSettings& settings) { settings.shadedBy = ShadedBy::Parameters; });
        undo();
        QCOMPARE(workspace().settings().shadedBy, ShadedBy::Nothing);
        undo();
        QVERIFY(workspace().settings().panelView == ViewSettings::maps && parts().grid()->isVisible());
        undo();
        QCOMPARE(parts().controls()->display().colors, std::optional<ColorMap>());
        QCOMPARE(parts().controls()->display().sortKey, SortKey::Maximum);
        undo();
        QCOMPARE(parts().controls()->display().sortKey, SortKey::Index);
        redo();
        QCOMPARE(parts().controls()->display().sortKey, SortKey::Maximum);
    }

    void walkingAndPlayingAreUndoneAtOnce() {
        const StepId begin = workspace().currentStep();
        for (int i = 0; i < 4; ++i)
            m_open.press(Qt::Key_PageDown);
        QCOMPARE(workspace().currentStep(), begin + 4);
        undo();
        QCOMPARE(workspace().currentStep(), begin);
        workspace().playback().setBeatsPerSecond(60);
        m_open.press(Qt::Key_Space);
        QTRY_COMPARE(workspace().currentStep(), workspace().model()->graph().softmaxStep());
        QTRY_VERIFY(!workspace().playback().isPlaying());
        undo();
        QCOMPARE(workspace().currentStep(), begin);
        QVERIFY(!m_open.action("Undo")->isEnabled());
    }

    void aStepThatIsNoLongerThereIsComputed() {
        m_open.press(Qt::Key_End);
        workspace().selectChannel(1);
        settle();
        m_open.press(Qt::Key_R, Qt::ControlModifier);  // forgets the results, and goes to the input
        undo();
        QTRY_COMPARE(workspace().currentStep(), workspace().model()->graph().softmaxStep());
        QVERIFY(workspace().activations().isComplete());
    }

    void anotherModelBeginsAnotherHistory() {
        m_open.press(Qt::Key_End);
        QVERIFY(m_open.action("Undo")->isEnabled());
        const ModelPtr before = workspace().model();
        ModelRequest request = smallRequest();
        request.unitsPerStage = {1, 1};
        workspace().createModel(request);
        QTRY_VERIFY(workspace().model() != before && !workspace().isBusy());
        settle();
        QVERIFY(!m_open.action("Undo")->isEnabled() && !m_open.action("Redo")->isEnabled());
        m_open.press(Qt::Key_Home);
        QVERIFY(m_open.action("Undo")->isEnabled());
    }
};

RESNET_WINDOW_TEST(HistoryActionsTest)
#include "HistoryActionsTest.moc"
