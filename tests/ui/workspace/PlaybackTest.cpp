#include "tests/TestPrograms.h"
#include "tests/ui/SmallNetwork.h"
#include "ui/workspace/Playback.h"
#include "ui/workspace/Workspace.h"

#include <QSignalSpy>
#include <QtTest>

using namespace resnet;
using namespace resnet::ui;
using namespace resnet::ui::test;

class PlaybackTest : public QObject {
    Q_OBJECT
private:
    std::unique_ptr<Workspace> m_workspace;

    QStringList playedNames(Pace pace) {
        QStringList names;
        const auto connection =
            connect(m_workspace.get(), &Workspace::changed, this, [&](const Changes& changes) {
                if (changes.have(Changes::Step))
                    names << QString::fromStdString(
                        m_workspace->model()->graph().stepName(m_workspace->currentStep()));
            });
        Playback& playback = m_workspace->playback();
        playback.setPace(pace);
        playback.setPlaying(true);
        [&] { QTRY_VERIFY_WITH_TIMEOUT(!playback.isPlaying(), 10'000); }();
        disconnect(connection);
        return names;
    }

private Q_SLOTS:
    void init() {
        m_workspace = std::make_unique<Workspace>(2);
        m_workspace->createModel(smallRequest());
        m_workspace->setPicture(gradientPicture());
        QTRY_VERIFY(m_workspace->activations().input() && m_workspace->activations().isComplete() &&
                    !m_workspace->isBusy());
        m_workspace->playback().setBeatsPerSecond(60.0);
        m_workspace->restart();  // playing computes what it comes to
    }

    void stepsVisitEveryStepOnceAndStopAtTheEnd() {
        const QStringList names = playedNames(Pace::Step);
        QCOMPARE(names.size(), m_workspace->model()->graph().stepCount());
        QCOMPARE(names.front(), QStringLiteral("conv1"));
        QCOMPARE(names.back(), QStringLiteral("softmax"));
        QVERIFY(m_workspace->activations().isComplete());
    }

    void unitsAndStagesVisitTheirEnds() {
        QCOMPARE(playedNames(Pace::Unit).join(QLatin1Char(' ')),
                 QStringLiteral("maxpool layer1.0.relu2 layer2.0.relu2 layer2.1.relu2 softmax"));
        m_workspace->restart();
        QCOMPARE(playedNames(Pace::Stage).join(QLatin1Char(' ')),
                 QStringLiteral("maxpool layer1.0.relu2 layer2.1.relu2 softmax"));
    }

    void backwardItGoesToTheInput() {
        m_workspace->goToLast();
        QTRY_COMPARE(m_workspace->currentStep(), m_workspace->model()->graph().softmaxStep());
        m_workspace->playback().setBackward(true);
        QCOMPARE(playedNames(Pace::Stage).join(QLatin1Char(' ')),
                 QStringLiteral("layer2.1.relu2 layer1.0.relu2 maxpool input"));
        m_workspace->playback().setPlaying(true);
        QVERIFY2(!m_workspace->playback().isPlaying(), "before the input there is nothing to play");
        m_workspace->playback().setLooping(true);
        m_workspace->playback().setPlaying(true);
        QTRY_COMPARE(m_workspace->currentStep(), m_workspace->model()->graph().softmaxStep());
        m_workspace->cancel();
    }

    void aLoopBeginsAgain() {
        m_workspace->goToLast();
        QTRY_COMPARE(m_workspace->currentStep(), m_workspace->model()->graph().softmaxStep());
        Playback& playback = m_workspace->playback();
        playback.setPlaying(true);
        QVERIFY2(!playback.isPlaying(), "at the end there is nothing to play");
        playback.setLooping(true);
        playback.setPlaying(true);
        QTRY_VERIFY(m_workspace->currentStep() > inputStep &&
                    m_workspace->currentStep() < m_workspace->model()->graph().softmaxStep());
        m_workspace->cancel();
        QVERIFY(!playback.isPlaying());
    }
};

RESNET_EVENT_LOOP_TEST(PlaybackTest)
#include "PlaybackTest.moc"
