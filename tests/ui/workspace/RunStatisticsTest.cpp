#include "core/inference/Executor.h"
#include "tests/TestPrograms.h"
#include "tests/ui/ShownOf.h"
#include "tests/ui/SmallNetwork.h"
#include "ui/workspace/RunStatistics.h"

#include <QSignalSpy>
#include <QtTest>

#include <algorithm>

using namespace resnet;
using namespace resnet::ui;
using namespace resnet::ui::test;

class RunStatisticsTest : public QObject {
    Q_OBJECT
private:
    Run computed(float value, StepId last) {
        const ModelPtr model = newModel(smallRequest());
        Executor executor(model->network, 1);
        auto input = std::make_shared<FeatureMaps>(model->graph().outputShape(inputStep));
        std::fill_n(input->data(), input->size(), value);
        Run run = executor.start(input);
        executor.run(run, last);
        return run;
    }

private Q_SLOTS:
    void allStepsAreMeasuredInTheBackground() {
        const Run run = computed(0.5f, 6);
        RunStatistics statistics;
        QSignalSpy measured(&statistics, &RunStatistics::measured);
        statistics.setMaps(shownOf(run));
        QVERIFY(!statistics.values().known(run, 3));
        QVERIFY(!statistics.wantAll());
        QTRY_COMPARE(measured.count(), 1);
        QVERIFY(statistics.wantAll());
        for (StepId step = inputStep; step <= 6; ++step) {
            QVERIFY(statistics.values().known(run, step));
            QCOMPARE(statistics.values().known(run, step)->total, statisticsOf(*run.output(step)));
        }
        QVERIFY(!statistics.values().known(run, 7));  // not computed
    }

    void nothingIsKnownOfAnotherRun() {
        RunStatistics statistics;
        const Run first = computed(0.5f, 4);
        statistics.setMaps(shownOf(first));
        QVERIFY(!statistics.wantAll());
        const Run second = computed(0.25f, 4);
        statistics.setMaps(shownOf(second));  // what was under way is of no use
        QVERIFY(!statistics.wantAll());
        QTRY_VERIFY(statistics.wantAll());
        QCOMPARE(statistics.values().known(second, 2)->total, statisticsOf(*second.output(2)));
        QVERIFY(!statistics.values().known(first, 2));
    }

    void whatIsLookedAtIsMeasuredAtOnce() {
        RunStatistics statistics;
        const Run run = computed(0.5f, 4);
        statistics.setMaps(shownOf(run));
        QCOMPARE(statistics.values().of(run, 1)->total, statisticsOf(*run.output(1)));
        QVERIFY(statistics.values().known(run, 1));
    }
};

RESNET_EVENT_LOOP_TEST(RunStatisticsTest)
#include "RunStatisticsTest.moc"
