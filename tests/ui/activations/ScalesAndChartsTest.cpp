#include "core/inference/Executor.h"
#include "tests/TestPrograms.h"
#include "tests/ui/ShownOf.h"
#include "ui/activations/ChartsView.h"
#include "ui/activations/MapScale.h"
#include "ui/activations/StageChartsView.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <limits>

using namespace resnet;
using namespace resnet::ui;
using namespace resnet::ui::test;

namespace {

NetworkSpec smallSpec() {
    NetworkSpec spec;
    spec.unitsPerStage = {1, 2};
    spec.channelsPerStage = {4, 8};
    spec.inputHeight = 40;
    spec.inputWidth = 32;
    return spec;
}

FeatureMapsPtr someInput(const FeatureShape& shape) {
    auto maps = std::make_shared<FeatureMaps>(shape);
    for (std::size_t i = 0; i < maps->size(); ++i)
        maps->data()[i] = float(int(i * 37 % 101) - 50) / 25.0f;
    return maps;
}

}  // namespace

class ScalesAndChartsTest : public QObject {
    Q_OBJECT

    std::shared_ptr<const Network> m_network;
    Run m_activations;
    ActivationStatistics m_statistics;

    const Graph& graph() const { return m_network->graph(); }
    StepId step(const char* name) const { return *graph().find(name); }
    std::vector<ValueRange> scales(ScaleScope scope, ColorMap colors, const char* name) {
        const StepId shown = step(name);
        return mapScales(scope, colors, graph(), {&shown, 1}, shownOf(m_activations), m_statistics);
    }

private Q_SLOTS:
    void init() {
        m_network = std::make_shared<Network>(Network::initialised(smallSpec(), 5));
        Executor executor(m_network, 2);
        m_activations = executor.start(someInput(m_network->spec().inputShape()));
        executor.run(m_activations);
        m_statistics.clear();
    }

    void everyChannelHasItsOwnScale() {
        const FeatureMaps& maps = *m_activations.output(step("layer1.0.bn1"));
        const std::vector<ValueRange> own = scales(ScaleScope::Channel, ColorMap::Diverging, "layer1.0.bn1");
        QCOMPARE(int(own.size()), 4);
        for (int c = 0; c < 4; ++c)
            QCOMPARE(own[std::size_t(c)], scaleFor(ColorMap::Diverging, rangeOf(maps.channel(c))));
    }

    void sharedScalesEndAtThreeTimesTheRootMeanSquare() {
        const Statistics all = statisticsOf(*m_activations.output(step("layer1.0.bn1")));
        const std::vector<ValueRange> shared = scales(ScaleScope::Step, ColorMap::Diverging, "layer1.0.bn1");
        QCOMPARE(int(shared.size()), 1);
        const double limit = 3.0 * all.norm / std::sqrt(double(all.count));
        const double extent = std::min(limit, std::max(-all.minimum, all.maximum));
        QVERIFY(std::abs(shared[0].high - extent) < 1e-5 * extent);
        QCOMPARE(shared[0].low, -shared[0].high);
    }

    void widerScopesTakeInMoreSteps() {
        const ValueRange unit = scales(ScaleScope::Unit, ColorMap::Viridis, "layer2.1.relu1")[0];
        // Any step of the unit gives the unit's scale; a step outside has only its own.
        QCOMPARE(scales(ScaleScope::Unit, ColorMap::Viridis, "layer2.1.conv2")[0], unit);
        QVERIFY(scales(ScaleScope::Unit, ColorMap::Viridis, "layer2.0.conv2")[0] != unit);
        QCOMPARE(scales(ScaleScope::Unit, ColorMap::Viridis, "relu")[0],
                 scales(ScaleScope::Step, ColorMap::Viridis, "relu")[0]);
        QCOMPARE(scales(ScaleScope::Network, ColorMap::Viridis, "relu")[0],
                 scales(ScaleScope::Network, ColorMap::Viridis, "layer2.1.add")[0]);
    }

    void notFiniteValuesPoisonNoScale() {
        auto maps = std::make_shared<FeatureMaps>(graph().outputShape(step("layer1.0.bn1")));
        std::fill_n(maps->data(), maps->size(), 0.5f);
        maps->data()[3] = std::numeric_limits<float>::quiet_NaN();
        maps->data()[8] = std::numeric_limits<float>::infinity();
        m_activations = m_activations.withOutput(step("layer1.0.bn1"), maps, 0.0);
        for (ScaleScope scope :
             {ScaleScope::Channel, ScaleScope::Step, ScaleScope::Unit, ScaleScope::Network})
            for (const ValueRange& scale : scales(scope, ColorMap::Diverging, "layer1.0.bn1"))
                QVERIFY(std::isfinite(scale.low) && std::isfinite(scale.high) && scale.low < scale.high);
    }

    void statisticsAreKeptUntilTheOutputChanges() {
        const auto* first = m_statistics.of(m_activations, step("conv1"));
        QCOMPARE(first->total, statisticsOf(*m_activations.output(step("conv1"))));
        auto other = std::make_shared<FeatureMaps>(graph().outputShape(step("conv1")));
        std::fill_n(other->data(), other->size(), 2.0f);
        m_activations = m_activations.withOutput(step("conv1"), other, 0.0);
        QCOMPARE(m_statistics.of(m_activations, step("conv1"))->total.mean, 2.0);
        m_activations = m_activations.withOutput(step("conv1"), nullptr, 0.0);
        QVERIFY(!m_statistics.of(m_activations, step("conv1")));
    }

    void theStepsChartHoldsTheFigures() {
        const ColumnChart chart = stepsChart(graph(), shownOf(m_activations), m_statistics);
        QCOMPARE(chart.columns, graph().stepCount());
        QCOMPARE(int(chart.rows.size()), 4);
        const StepId relu = step("layer2.0.relu1");
        const Statistics figures = statisticsOf(*m_activations.output(relu));
        const double expected[] = {figures.mean, figures.deviation, figures.shareOfZeros(), figures.norm};
        for (std::size_t row = 0; row < 4; ++row)
            QCOMPARE(*chart.rows[row].series[0].values[std::size_t(relu)], expected[row]);
        QStringList groups;
        for (const ColumnChart::Group& group : chart.groups)
            groups << group.title;
        QCOMPARE(groups.join(QLatin1Char(' ')), QStringLiteral("Stem Stage 1 Stage 2 Head"));
        QCOMPARE(chart.tones[std::size_t(step("layer2.0.downsample.0"))], ColumnChart::Tone::Shortcut);
    }

    void chartsLeaveGapsForWhatIsNotComputed() {
        Executor executor(m_network, 1);
        Run half = executor.start(someInput(m_network->spec().inputShape()));
        executor.run(half, step("layer1.0.relu2"));
        const ColumnChart steps = stepsChart(graph(), shownOf(half), m_statistics);
        QVERIFY(steps.rows[0].series[0].values[std::size_t(step("layer1.0.relu2"))]);
        QVERIFY(!steps.rows[0].series[0].values[std::size_t(step("layer2.0.conv1"))]);
        const ColumnChart units = unitsChart(graph(), half);
        QCOMPARE(units.columns, 3);
        QVERIFY(units.rows[1].series[0].values[0]);
        QVERIFY(!units.rows[1].series[0].values[1]);
        QVERIFY(unitFigures(graph(), graph().units()[2], half).contains(QLatin1String("not computed")));
    }

    void columnsAreFoundUnderTheCursor() {
        const ColumnChart chart = stepsChart(graph(), shownOf(m_activations), m_statistics);
        const ColumnChartLayout layout(chart, QRectF(0, 0, 700, 200));
        for (int column = 0; column < chart.columns; ++column)
            QCOMPARE(layout.columnAt(layout.columnRect(column).center()), std::optional(column));
        QVERIFY(!layout.columnAt({5, 100}));
        for (int row = 1; row < 4; ++row)
            QVERIFY(layout.rowRect(row).top() >= layout.rowRect(row - 1).bottom());
    }

    // Why deep stages hold the parameters and do no more work.
    void stagesGrowInParametersAndStayInWork() {
        const Graph resnet(resNet34());
        const ColumnChart chart = stagesChart(resnet);
        QCOMPARE(chart.columns, 6);
        double parameters = 0.0;
        double work = 0.0;
        const auto at = [&](int row, int column) {
            return *chart.rows[std::size_t(row)].series[0].values[std::size_t(column)];
        };
        for (int column = 0; column < chart.columns; ++column) {
            parameters += at(0, column);
            work += at(1, column);
        }
        double allParameters = 0.0;
        double allWork = 0.0;
        for (const Step& step : resnet.steps()) {
            allParameters += double(step.totalParameters);
            allWork += double(step.multiplyAdds);
        }
        QVERIFY(std::abs(1e6 * parameters - allParameters) < 1.0);
        QVERIFY(std::abs(1e6 * work - allWork) < 1.0);
        QVERIFY(at(0, 4) > 10.0 * at(0, 1));  // stage 4 over stage 1, three units each
        QVERIFY(at(1, 4) < 1.05 * at(1, 1));
    }
};

RESNET_EVENT_LOOP_TEST(ScalesAndChartsTest)
#include "ScalesAndChartsTest.moc"
