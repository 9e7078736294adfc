#include "tests/TestPrograms.h"
#include "ui/workspace/History.h"

#include <QtTest>

using namespace resnet;
using namespace resnet::ui;

namespace {

ViewState at(StepId step, int channel = 0) {
    ViewState state;
    state.focus.step = step;
    state.focus.channel = channel;
    return state;
}

ViewState sortedBy(SortKey key) {
    ViewState state = at(0);
    state.settings.sortKey = key;
    return state;
}

constexpr qint64 later = History::soon + 1;

}  // namespace

class HistoryTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void goesBackAndForward() {
        History history;
        history.record(at(0), 0);
        QVERIFY(!history.undoable() && !history.redoable());
        history.record(at(0, 5), later);
        history.record(at(9, 5), 2 * later);
        QCOMPARE(history.undoable()->change, Change::Step);
        QCOMPARE(history.undo(), at(0, 5));
        QCOMPARE(history.redoable()->state, at(9, 5));
        QCOMPARE(history.undoable()->change, Change::Channel);
        QCOMPARE(history.undo(), at(0));
        QVERIFY(!history.undoable());
        QCOMPARE(history.redo(), at(0, 5));
        QCOMPARE(history.redo(), at(9, 5));
        QVERIFY(!history.redoable());
    }

    void aNewChangeForgetsWhatCouldBeRedone() {
        History history;
        history.record(at(0), 0);
        history.record(at(9), later);
        history.undo();
        history.record(at(0, 3), later + 1);
        QVERIFY(!history.redoable());
        QCOMPARE(history.undo(), at(0));
    }

    void whatChangesAtATimeIsNamedByWhatBroughtIt() {
        ViewState state = at(4, 2);
        state.focus.place = Cell{1, 1};
        QCOMPARE(changeBetween(at(0, 5), state), std::optional(Change::Step));
        QCOMPARE(changeBetween(at(4, 5), state), std::optional(Change::Channel));
        QCOMPARE(changeBetween(at(4, 2), state), std::optional(Change::Cell));
        QCOMPARE(changeBetween(sortedBy(SortKey::Mean), sortedBy(SortKey::Index)),
                 std::optional(Change::Sort));
        QCOMPARE(changeBetween(state, state), std::optional<Change>());
    }

    void aHeldKeyOrADragIsOneChange() {
        History history;
        history.record(at(0), 0);
        for (int channel = 1; channel < 60; ++channel)
            history.record(at(0, channel), later + channel * 30);
        history.record(at(0, 3), 5 * later);  // after a pause: another one
        QCOMPARE(history.undo(), at(0, 59));
        QCOMPARE(history.undo(), at(0));
        QVERIFY(!history.undoable());
    }

    void walkingAndPlayingAreOneChangeHoweverSlow() {
        History history;
        history.record(at(0), 0);
        for (StepId step = 1; step < 20; ++step)
            history.record(at(step), step * later);
        QCOMPARE(history.undo(), at(0));
        history.redo();
        for (StepId step = 30; step < 100; step += 7)
            history.record(at(step), step * later, true);
        QCOMPARE(history.undo(), at(19));
        QCOMPARE(history.undo(), at(0));
    }

    void otherKindsDoNotMerge() {
        History history;
        history.record(at(0), 0);
        history.record(at(0, 1), 1);
        history.record(at(7, 1), 2);
        history.record(at(7, 2), 3);
        QCOMPARE(history.undo(), at(7, 1));
        QCOMPARE(history.undo(), at(0, 1));
        QCOMPARE(history.undo(), at(0));
    }

    void thereAndBackAgainIsNothing() {
        History history;
        history.record(sortedBy(SortKey::Index), 0);
        history.record(sortedBy(SortKey::Mean), later);
        history.record(sortedBy(SortKey::Index), later + 1);
        QVERIFY(!history.undoable());
    }

    void whatNobodyDidIsNoEntry() {
        History history;
        history.record(at(0), 0);
        history.amend(at(0, 12));
        history.record(at(0, 12), 1);
        QVERIFY(!history.undoable());
        history.record(at(0, 13), 2);
        QCOMPARE(history.undo(), at(0, 12));
    }

    void theOldestAreForgotten() {
        History history;
        for (int i = 0; i < 1000; ++i)
            history.record(i % 2 ? at(i) : at(i - 1, 1), i * later);
        int count = 0;
        for (; history.undoable(); ++count)
            history.undo();
        QCOMPARE(count, int(History::longest) - 1);
    }
};

RESNET_TEST(HistoryTest)
#include "HistoryTest.moc"
