#include "core/attribution/Attribution.h"
#include "tests/TestPrograms.h"
#include "tests/ui/attribution/AttributionParts.h"
#include "ui/attribution/MapTiles.h"
#include "ui/attribution/PathLengthsView.h"
#include "ui/widgets/ColumnChartView.h"

#include <cmath>

using namespace resnet;
using namespace resnet::ui;
using namespace resnet::ui::test;

using ShownPaths = Shown<PathLengthsView>;

class PathLengthsViewTest : public QObject {
    Q_OBJECT

    static void choose(const ShownPaths& subject, int units) {
        ColumnChartView* chart = subject.view->chart();
        QTest::mouseClick(chart, Qt::LeftButton, {}, chart->columnRect(units).center().toPoint());
    }

private Q_SLOTS:
    // The pictures of all lengths together are the gradient at the picture.
    void thePartsAddUpToTheGradient() {
        ShownPaths subject;
        subject.show();
        QCOMPARE(subject.view->chart()->chart().columns, 4);
        const auto& ways = subject.view->chart()->chart().rows.at(1).series.front().values;
        QCOMPARE(ways, (std::vector<std::optional<double>>{1.0, 3.0, 3.0, 1.0}));
        const Run& run = subject.workspace->activations();
        BackwardExecutor backward(std::make_shared<const PackedNetwork>(run.network()));
        const FeatureMaps whole = channelSum(
            *backward.run(run, scoreOf(run.graph(), subject.workspace->classInQuestion()))->of(inputStep));
        std::vector<double> sum(whole.size());
        for (int units = 0; units < 4; ++units) {
            choose(subject, units);
            QCOMPARE(subject.view->chart()->current(), units);
            const FeatureMaps& part = *subject.view->maps()->tiles().at(0).map;
            for (std::size_t i = 0; i < sum.size(); ++i)
                sum[i] += part.data()[i];
        }
        double largest = 0.0;
        double worst = 0.0;
        for (std::size_t i = 0; i < sum.size(); ++i) {
            largest = std::max(largest, std::abs(double(whole.data()[i])));
            worst = std::max(worst, std::abs(sum[i] - whole.data()[i]));
        }
        QVERIFY(largest > 0.0);
        QVERIFY(worst < 1e-5 * largest);
        QVERIFY(subject.view->sentence().contains(QStringLiteral("add up to the whole gradient")));
    }

    void keysChooseALengthAndItIsSaid() {
        ShownPaths subject;
        subject.show();
        choose(subject, 0);
        QCOMPARE(subject.view->maps()->tiles().at(0).title, QStringLiteral("Through shortcuts alone"));
        QTest::keyClick(subject.view->chart(), Qt::Key_Right);
        QCOMPARE(subject.view->maps()->tiles().at(0).title, QStringLiteral("Through 1 unit"));
        QVERIFY(subject.view->lengthText(1).startsWith(QStringLiteral("1 of 3 units: norm ")));
        QVERIFY(subject.view->lengthText(1).endsWith(QStringLiteral("3 of 8 ways")));
    }

    void aPlainNetworkHasOneWay() {
        ModelRequest request = smallRequest();
        request.architecture = "plain34";
        ShownPaths subject(request);
        subject.show();
        QVERIFY(subject.view->sentence().contains(QStringLiteral("there is one way")));
    }

    void stoppingLeavesWhatWasShown() {
        ModelRequest request = smallRequest(256);
        request.channelsPerStage = {32, 64};
        ShownPaths subject(request);
        subject.show();
        const FeatureMapsPtr before = subject.view->maps()->tiles().at(0).map;
        QComboBox* against = box(*subject.view, "Against");
        against->setFocus();
        for (int i = 0; i < 2; ++i)  // past the best, which is the one in question
            QTest::keyClick(against, Qt::Key_Down);
        QVERIFY(subject.view->isComputing());
        click(*subject.view, "Stop");
        QTest::qWait(300);
        QCOMPARE(subject.view->maps()->tiles().at(0).map, before);
        QVERIFY(subject.view->isOld());
    }
};

RESNET_WINDOW_TEST(PathLengthsViewTest)
#include "PathLengthsViewTest.moc"
