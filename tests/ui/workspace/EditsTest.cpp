#include "core/experiments/EditSweep.h"
#include "core/inference/Executor.h"
#include "tests/TestPrograms.h"
#include "tests/ui/SmallNetwork.h"
#include "ui/workspace/HistoryKeeper.h"
#include "ui/workspace/Workspace.h"

#include <QtTest>

using namespace resnet;
using namespace resnet::ui;
using namespace resnet::ui::test;

namespace {

void openSmall(Workspace& workspace, int side = 64) {
    workspace.createModel(smallRequest(side));
    workspace.setPicture(gradientPicture());
    QTRY_VERIFY(workspace.activations().input() && workspace.activations().isComplete() &&
                !workspace.isBusy());
}

// Whole, and with the edits asked for.
bool isWith(const Workspace& workspace, const Edits& edits) {
    return workspace.edits() == edits && !workspace.isBusy();
}

bool areEqual(const Run& a, const Run& b, StepId last) {
    for (StepId step = inputStep; step <= last; ++step) {
        if (a.has(step) != b.has(step))
            return false;
        if (a.has(step) &&
            !std::equal(a.output(step)->data(), a.output(step)->data() + a.output(step)->size(),
                        b.output(step)->data()))
            return false;
    }
    return true;
}

// Computed from the picture on, by an executor of its own.
Run wholeRun(const Workspace& workspace, const Edits& edits) {
    Executor executor(workspace.model()->network, 2);
    Run run = executor.start(workspace.activations().input(), edits);
    executor.run(run);
    return run;
}

Edits withGain(UnitId unit, float mainPath, float shortcut = 1.0f) {
    Edits edits;
    edits.set(unit, {mainPath, shortcut, {}});
    return edits;
}

const UnitId first{0, 0};
const UnitId second{1, 0};
const UnitId last{1, 1};

}  // namespace

class EditsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void whatFollowsAnEditIsComputedAndIsTheSameAsAWholePass_data() {
        QTest::addColumn<QString>("text");
        for (const char* text : {"layer1.0:F=0", "layer2.1:F=0", "layer2.1:x=0", "layer2.0:x=-0.5",
                                 "layer1.0:seed=3", "layer2.0:F=0,layer2.1:F=1.5", "layer2.1:seed=5"})
            QTest::addRow("%s", text) << QString::fromLatin1(text);
    }
    void whatFollowsAnEditIsComputedAndIsTheSameAsAWholePass() {
        QFETCH(QString, text);
        Workspace workspace(2);
        openSmall(workspace);
        const Graph& graph = workspace.session().graph();
        const Edits edits = editsFrom(text.toStdString(), graph);
        const Run before = workspace.activations();
        const Focus focus = workspace.focus();
        const StepId firstDifferent = firstDifferentStep(graph, {}, edits);
        int total = 0;
        connect(&workspace, &Workspace::progressChanged, &workspace,
                [&](int, int steps) { total = std::max(total, steps); });
        workspace.setEdits(edits);
        QVERIFY(workspace.edits().isEmpty());  // what was there stands until the new one is there
        QTRY_VERIFY(isWith(workspace, edits));
        QCOMPARE(total, graph.stepCount() - firstDifferent);
        QVERIFY(areEqual(workspace.activations(), wholeRun(workspace, edits), graph.softmaxStep()));
        for (StepId step = inputStep; step < graph.stepCount(); ++step) {
            QCOMPARE(workspace.activations().output(step) == before.output(step), step < firstDifferent);
            QCOMPARE(workspace.reference().output(step), before.output(step));
        }
        QCOMPARE(workspace.focus(), focus);
    }

    void nothingIsComputedToGoBackToTheNetworkAsItWas() {
        Workspace workspace(2);
        openSmall(workspace);
        const Run before = workspace.activations();
        workspace.setEdits(withoutMainPath(first));
        QTRY_VERIFY(isWith(workspace, withoutMainPath(first)));
        workspace.setEdits({});
        QVERIFY(workspace.edits().isEmpty() && !workspace.isBusy());
        for (StepId step = inputStep; step < before.stepCount(); ++step)
            QCOMPARE(workspace.activations().output(step), before.output(step));
    }

    // As while a slider is dragged.
    void ofManyEditsTheLatestWinsAndEachThatIsSeenIsWhole() {
        Workspace workspace(2);
        openSmall(workspace);
        std::vector<Run> seen;
        connect(&workspace, &Workspace::changed, &workspace, [&](const Changes& changes) {
            if (changes.have(Changes::Edits | Changes::OtherRun | Changes::Outputs))
                seen.push_back(workspace.activations());
        });
        for (int i = 0; i <= 40; ++i) {
            workspace.setEdits(withGain(second, float(i) / 20.0f - 1.01f));
            QTest::qWait(i % 3);
        }
        QTRY_VERIFY(isWith(workspace, withGain(second, 2.0f - 1.01f)));
        QVERIFY(seen.size() >= 2);
        for (const Run& run : seen)
            QVERIFY(areEqual(run, wholeRun(workspace, run.edits()), run.graph().softmaxStep()));
    }

    void anotherPictureKeepsTheEditsAndIsSeenWithoutThem() {
        Workspace workspace(2);
        openSmall(workspace);
        const Edits edits = withoutShortcut(last);
        workspace.setEdits(edits);
        QTRY_VERIFY(isWith(workspace, edits));
        bool wasEverHalf = false;
        connect(&workspace, &Workspace::changed, &workspace, [&](const Changes&) {
            wasEverHalf = wasEverHalf || !workspace.activations().isComplete() ||
                          workspace.reference().input() != workspace.activations().input();
        });
        workspace.setPicture(pictureFrom(gradient(70, 90), QStringLiteral("other")));
        QTRY_COMPARE(workspace.picture()->name, QStringLiteral("other"));
        QVERIFY(!wasEverHalf);
        QCOMPARE(workspace.edits(), edits);
        const StepId end = workspace.session().graph().softmaxStep();
        QVERIFY(areEqual(workspace.activations(), wholeRun(workspace, edits), end));
        QVERIFY(areEqual(workspace.reference(), wholeRun(workspace, {}), end));
    }

    void editsGoWithThePictureThatIsBeingOpened() {
        Workspace workspace(2);
        openSmall(workspace, 256);
        connect(&workspace, &Workspace::progressChanged, &workspace,
                [&, isFirst = true](int, int total) mutable {
                    if (total > 0 && std::exchange(isFirst, false))
                        workspace.setEdits(withoutMainPath(last));
                });
        workspace.setPicture(gradientPicture(QStringLiteral("other")));
        QTRY_COMPARE(workspace.picture()->name, QStringLiteral("other"));
        QTRY_VERIFY(isWith(workspace, withoutMainPath(last)));
        QVERIFY(areEqual(workspace.activations(), wholeRun(workspace, withoutMainPath(last)),
                         workspace.session().graph().softmaxStep()));
    }

    void cancellingAnEditChangesNothing() {
        Workspace workspace(2);
        openSmall(workspace, 256);
        const Run before = workspace.activations();
        workspace.setEdits(withoutMainPath(first));
        workspace.setEdits(withoutMainPath(second));
        QVERIFY(workspace.isBusy());
        QCOMPARE(workspace.editsAskedFor(), withoutMainPath(second));
        workspace.cancel();
        QVERIFY(!workspace.isBusy());
        QVERIFY(workspace.editsAskedFor().isEmpty());
        QTest::qWait(200);  // nothing of it comes in later
        QVERIFY(workspace.edits().isEmpty());
        for (StepId step = inputStep; step < before.stepCount(); ++step)
            QCOMPARE(workspace.activations().output(step), before.output(step));
    }

    void whatCannotBeMadeIsToldInALine() {
        Workspace workspace(2);
        openSmall(workspace);
        QList<Notice> notices;
        connect(&workspace, &Workspace::noticePosted, &workspace,
                [&](const Notice& notice) { notices << notice; });
        workspace.setEdits(withoutMainPath({7, 3}));
        QCOMPARE(notices.size(), 1);
        QCOMPARE(notices.front().kind, Notice::Kind::Error);
        QVERIFY(!notices.front().text.contains(QLatin1Char('\n')));
        QVERIFY(!workspace.isBusy());
        QVERIFY(workspace.edits().isEmpty());
    }

    void anotherNetworkForgetsThem() {
        Workspace workspace(2);
        openSmall(workspace);
        workspace.setEdits(withoutMainPath(last));
        QTRY_VERIFY(isWith(workspace, withoutMainPath(last)));
        const ModelPtr before = workspace.model();
        workspace.createModel(smallRequest());
        QTRY_VERIFY(workspace.model() != before && !workspace.isBusy());
        QVERIFY(workspace.edits().isEmpty());
        QVERIFY(areEqual(workspace.activations(), wholeRun(workspace, {}),
                         workspace.session().graph().softmaxStep()));
    }

    void otherSettingsOfTheSameNetworkKeepThem() {
        Workspace workspace(2);
        openSmall(workspace);
        workspace.setEdits(withoutMainPath(last));
        QTRY_VERIFY(isWith(workspace, withoutMainPath(last)));
        const ModelPtr before = workspace.model();
        ModelRequest settings;
        settings.classNames = std::vector<std::string>{"ant", "bee", "cat", "dog", "elk"};
        workspace.setModelSettings(settings);
        QTRY_COMPARE(workspace.model()->classNames.front(), std::string("ant"));
        QCOMPARE(workspace.edits(), withoutMainPath(last));
        settings.padding = Padding::Symmetric;  // another network of the same units
        workspace.setModelSettings(settings);
        QTRY_VERIFY(workspace.model()->network != before->network && !workspace.isBusy());
        QCOMPARE(workspace.edits(), withoutMainPath(last));
        const StepId end = workspace.session().graph().softmaxStep();
        QVERIFY(areEqual(workspace.activations(), wholeRun(workspace, withoutMainPath(last)), end));
        QVERIFY(areEqual(workspace.reference(), wholeRun(workspace, {}), end));
    }

    // The steps that are computed are of the edits, and no step more than was computed.
    void steppingAfterRestartIsOfTheEdits() {
        Workspace workspace(2);
        openSmall(workspace);
        const Edits edits = withoutMainPath(first);
        workspace.setEdits(edits);
        QTRY_VERIFY(isWith(workspace, edits));
        workspace.restart();
        QCOMPARE(workspace.activations().computedCount(), 0);
        QCOMPARE(workspace.edits(), edits);
        const StepId there = *workspace.session().graph().units()[1].add;
        workspace.goToStep(there);
        QTRY_COMPARE(workspace.currentStep(), there);
        QVERIFY(areEqual(workspace.activations(), wholeRun(workspace, edits).before(there + 1), there));
        workspace.setEdits({});
        QTRY_VERIFY(isWith(workspace, Edits()));
        QCOMPARE(workspace.activations().computedCount(), there + 1);
        QVERIFY(areEqual(workspace.activations(), wholeRun(workspace, {}).before(there + 1), there));
        workspace.setEdits(withoutShortcut(second));
        workspace.goForward();  // while the edits are being computed
        QTRY_COMPARE(workspace.currentStep(), there + 1);
        QTRY_VERIFY(isWith(workspace, withoutShortcut(second)));
        QVERIFY(areEqual(workspace.activations(),
                         wholeRun(workspace, withoutShortcut(second)).before(there + 2), there + 1));
        workspace.computeAll();
        QTRY_VERIFY(workspace.activations().isComplete());
        QVERIFY(areEqual(workspace.activations(), wholeRun(workspace, withoutShortcut(second)),
                         workspace.session().graph().softmaxStep()));
    }

    void editsCanComeBeforeThePicture() {
        Workspace workspace(2);
        workspace.createModel(smallRequest());
        QTRY_VERIFY(workspace.model());
        workspace.setEdits(withoutMainPath(last));
        QCOMPARE(workspace.edits(), withoutMainPath(last));
        workspace.setPicture(gradientPicture());
        QTRY_VERIFY(workspace.session().isComputed() && !workspace.isBusy());
        const StepId end = workspace.session().graph().softmaxStep();
        QVERIFY(areEqual(workspace.activations(), wholeRun(workspace, withoutMainPath(last)), end));
        QVERIFY(areEqual(workspace.reference(), wholeRun(workspace, {}), end));
    }

    void undoAndRedoBringThemBack() {
        Workspace workspace(2);
        openSmall(workspace);
        QTRY_VERIFY(!workspace.history().undoable());
        workspace.setEdits(withoutMainPath(first));
        QTRY_VERIFY(isWith(workspace, withoutMainPath(first)));
        Edits both = withoutMainPath(first);
        both.set(second, {0.0f, 1.0f, {}});
        workspace.setEdits(both);  // at once, and still two entries: they are about two units
        QTRY_VERIFY(isWith(workspace, both));
        QTRY_VERIFY(workspace.history().undoable());
        workspace.history().undo();
        QTRY_VERIFY(isWith(workspace, withoutMainPath(first)));
        workspace.history().undo();
        QTRY_VERIFY(isWith(workspace, Edits()));
        QVERIFY(!workspace.history().undoable());
        workspace.history().redo();
        QTRY_VERIFY(isWith(workspace, withoutMainPath(first)));
        workspace.history().redo();
        QTRY_VERIFY(isWith(workspace, both));
        QVERIFY(!workspace.history().redoable());
        QCOMPARE(workspace.history().undoable()->change, Change::Edits);
    }

    void aDragIsOneEntry() {
        Workspace workspace(2);
        openSmall(workspace);
        workspace.history().setHeld(true);
        for (const float gain : {0.75f, 0.5f, 0.25f}) {
            workspace.setEdits(withGain(last, gain));
            QTRY_VERIFY(isWith(workspace, withGain(last, gain)));
            QTest::qWait(20);
        }
        workspace.history().setHeld(false);
        QTRY_VERIFY(workspace.history().undoable());
        QVERIFY(workspace.history().undoable()->editsBefore.isEmpty());
        workspace.history().undo();
        QVERIFY(workspace.edits().isEmpty());
        QVERIFY(!workspace.history().undoable());
    }
};

RESNET_EVENT_LOOP_TEST(EditsTest)
#include "EditsTest.moc"
