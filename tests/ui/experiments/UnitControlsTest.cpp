#include "core/experiments/EditSweep.h"
#include "tests/TestPrograms.h"
#include "tests/ui/SmallNetwork.h"
#include "ui/experiments/UnitControls.h"
#include "ui/words/EditWords.h"
#include "ui/workspace/HistoryKeeper.h"

#include <QMenu>
#include <QPushButton>
#include <QtTest>

using namespace resnet;
using namespace resnet::ui;
using namespace resnet::ui::test;

class UnitControlsTest : public QObject {
    Q_OBJECT
    std::unique_ptr<Workspace> m_workspace;
    std::unique_ptr<UnitControls> m_controls;

    bool isWith(const Edits& edits) const { return m_workspace->edits() == edits && !m_workspace->isBusy(); }
    const Graph& graph() const { return m_workspace->model()->graph(); }
    QAction* ofStage(int index) {
        for (QPushButton* button : m_controls->findChildren<QPushButton*>())
            if (button->text().startsWith(QStringLiteral("Stage"))) {
                Q_EMIT button->menu()->aboutToShow();
                return button->menu()->actions().value(index);
            }
        return nullptr;
    }

private Q_SLOTS:
    // The second stage has a unit that shrinks the maps, and three of equal shapes.
    void init() {
        m_workspace = std::make_unique<Workspace>(2);
        ModelRequest request = smallRequest();
        request.unitsPerStage = {1, 4};
        m_workspace->createModel(request);
        m_workspace->setPicture(gradientPicture());
        QTRY_VERIFY(m_workspace->session().isComputed() && !m_workspace->isBusy());
        m_workspace->goToStep(*graph().find("layer2.1.add"));
        m_controls = std::make_unique<UnitControls>(*m_workspace);
    }
    void cleanup() {
        m_controls.reset();
        m_workspace.reset();
    }

    void whatOneUnitIsOthersBecome() {
        QVERIFY(!ofStage(0)->isEnabled());  // all are alike already
        m_workspace->setEdits(withoutMainPath({1, 1}));
        QTRY_VERIFY(isWith(withoutMainPath({1, 1})));
        ofStage(0)->trigger();
        QTRY_VERIFY(isWith(editsFrom("layer2.0:F=0,layer2.1:F=0,layer2.2:F=0,layer2.3:F=0", graph())));
        m_workspace->history().undo();
        QTRY_VERIFY(isWith(withoutMainPath({1, 1})));
        ofStage(1)->trigger();
        QTRY_VERIFY(isWith(exitAfter(graph(), 0)));
    }

    void theStageStandsInAnotherOrder() {
        ofStage(3)->trigger();
        QTRY_VERIFY(isWith(swapped({1, 1}, {1, 3})));
        QCOMPARE(changeWords({}, m_workspace->edits()),
                 QStringLiteral("stage 2, unit 2 and stage 2, unit 4 swapped"));
        QCOMPARE(changeWords({}, withSwapped(m_workspace->edits(), {1, 1}, {1, 2})),
                 QStringLiteral("3 units of stage 2 in another order"));
        ofStage(3)->trigger();
        QTRY_VERIFY(isWith({}));
    }
};

RESNET_WINDOW_TEST(UnitControlsTest)
#include "UnitControlsTest.moc"
