#include "core/experiments/EditSweep.h"
#include "tests/TestPrograms.h"
#include "tests/ui/SmallNetwork.h"
#include "ui/workspace/HistoryKeeper.h"
#include "ui/workspace/Playback.h"
#include "ui/workspace/Workspace.h"

#include <QFile>
#include <QSignalSpy>
#include <QTest>

#include <sys/resource.h>

using namespace resnet;
using namespace resnet::ui;
using namespace resnet::ui::test;

namespace {

// Lets the process have no more than so many bytes of address space beyond what it has.
class MemoryLimit {
public:
    explicit MemoryLimit(rlim_t beyond) {
        ::getrlimit(RLIMIT_AS, &m_before);
        QFile file(QStringLiteral("/proc/self/statm"));
        if (!file.open(QIODevice::ReadOnly))
            return;
        const rlim_t pages = file.readAll().split(' ').value(0).toULongLong();
        const rlimit limit{pages * 4096 + beyond, m_before.rlim_max};
        m_isSet = pages > 0 && ::setrlimit(RLIMIT_AS, &limit) == 0;
    }
    ~MemoryLimit() { ::setrlimit(RLIMIT_AS, &m_before); }
    Q_DISABLE_COPY_MOVE(MemoryLimit)

    bool isSet() const { return m_isSet; }

private:
    rlimit m_before{};
    bool m_isSet = false;
};

}  // namespace

class OutOfMemoryTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aPassThatDoesNotFitIsTold() {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
        QSKIP("the sanitizer needs terabytes of address space");
#endif
        Workspace workspace(2);
        workspace.createModel(smallRequest());
        workspace.setPicture(gradientPicture());
        QTRY_VERIFY(workspace.activations().input() && workspace.activations().isComplete() &&
                    !workspace.isBusy());
        const ModelPtr open = workspace.model();
        QSignalSpy notices(&workspace, &Workspace::noticePosted);
        {
            const MemoryLimit limit(rlim_t(200) << 20);
            QVERIFY(limit.isSet());
            ModelRequest request = slowRequest();
            request.unitsPerStage = {12};
            request.channelsPerStage = {64};
            workspace.createModel(request);  // 60 steps of 16 MB
            QTRY_VERIFY_WITH_TIMEOUT(!notices.isEmpty(), 20'000);
        }
        const Notice told = notices.last()[0].value<Notice>();
        QVERIFY(told.kind == Notice::Kind::Error);
        QVERIFY2(told.text.contains(QStringLiteral("not enough memory")), qPrintable(told.text));
        QTRY_VERIFY(!workspace.isBusy());
        QCOMPARE(workspace.model(), open);  // what was open is untouched, and works
        workspace.restart();
        workspace.computeAll();
        QTRY_VERIFY(workspace.activations().isComplete());
    }

    // Walking, playing and undo go on after it.
    void aStepThatDoesNotFitIsAwaitedNoMore() {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
        QSKIP("the sanitizer needs terabytes of address space");
#endif
        Workspace workspace(2);
        ModelRequest request = slowRequest();
        request.unitsPerStage = {12};
        request.channelsPerStage = {64};
        workspace.createModel(request);  // 60 steps of 16 MB
        QTRY_VERIFY(workspace.model());
        QSignalSpy notices(&workspace, &Workspace::noticePosted);
        {
            const MemoryLimit limit(rlim_t(400) << 20);
            QVERIFY(limit.isSet());
            workspace.setPicture(gradientPicture());
            QTRY_VERIFY_WITH_TIMEOUT(!notices.isEmpty(), 20'000);
            QVERIFY(workspace.activations().has(0) && !workspace.activations().isComplete());
            workspace.goToStep(0);
            workspace.playback().setBeatsPerSecond(60.0);
            workspace.playback().setPace(Pace::Stage);
            notices.clear();
            workspace.playback().setPlaying(true);  // the stage ends where memory does not reach
            QTRY_VERIFY_WITH_TIMEOUT(!notices.isEmpty() && !workspace.isBusy(), 20'000);
        }
        QVERIFY(!workspace.isAwaitingStep());
        QVERIFY(!workspace.playback().isPlaying());
        QVERIFY(workspace.activations().has(workspace.currentStep()));  // where it came to before
        workspace.goToStep(1);
        QTRY_COMPARE(workspace.currentStep(), 1);
        workspace.selectChannel(7);
        QTRY_VERIFY(workspace.history().undoable());
        workspace.history().undo();
        QVERIFY(workspace.channel() != 7);
    }

    // What failed is no entry, and what is undone and redone is what was there before and after it.
    void undoGoesAcrossARunThatFailed() {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
        QSKIP("the sanitizer needs terabytes of address space");
#endif
        Workspace workspace(2);
        ModelRequest request = slowRequest();
        request.unitsPerStage = {6};
        request.channelsPerStage = {64};
        request.inputHeight = request.inputWidth = 512;
        workspace.createModel(request);  // 30 steps of 4 MB
        workspace.setPicture(gradientPicture());
        QTRY_VERIFY_WITH_TIMEOUT(workspace.session().isComputed() && !workspace.isBusy(), 60'000);
        const auto isWith = [&](const Edits& edits) {
            return workspace.edits() == edits && !workspace.isBusy();
        };
        const Edits before = withoutMainPath({0, 5});
        workspace.setEdits(before);
        QTRY_VERIFY_WITH_TIMEOUT(isWith(before), 60'000);
        QTRY_VERIFY(workspace.history().undoable());
        QSignalSpy notices(&workspace, &Workspace::noticePosted);
        {
            const MemoryLimit limit(rlim_t(30) << 20);
            QVERIFY(limit.isSet());
            workspace.setEdits(withoutMainPath({0, 0}));
            QTRY_VERIFY_WITH_TIMEOUT(!notices.isEmpty() && !workspace.isBusy(), 60'000);
        }
        const Notice told = notices.last()[0].value<Notice>();
        QVERIFY2(told.text.contains(QStringLiteral("not enough memory")), qPrintable(told.text));
        QCOMPARE(workspace.edits(), before);
        QCOMPARE(workspace.editsAskedFor(), before);
        workspace.history().undo();
        QTRY_VERIFY_WITH_TIMEOUT(isWith({}), 60'000);
        QVERIFY(!workspace.history().undoable());
        workspace.history().redo();
        QTRY_VERIFY_WITH_TIMEOUT(isWith(before), 60'000);
        QVERIFY(!workspace.history().redoable());
        workspace.history().undo();  // at once: what is not edited is kept
        QTRY_VERIFY_WITH_TIMEOUT(isWith({}), 60'000);
        workspace.history().redo();
        QCOMPARE(workspace.editsAskedFor(), before);
        workspace.cancel();  // before it is done: nothing was redone
        QCOMPARE(workspace.edits(), Edits());
        QTRY_VERIFY(workspace.history().redoable());
        QVERIFY(!workspace.history().undoable());
        workspace.history().redo();
        QTRY_VERIFY_WITH_TIMEOUT(isWith(before), 60'000);
        QVERIFY(!workspace.history().redoable());
    }
};

RESNET_EVENT_LOOP_TEST(OutOfMemoryTest)
#include "OutOfMemoryTest.moc"
