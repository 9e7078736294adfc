#include "core/explain/UnitNorms.h"
#include "tests/TestPrograms.h"
#include "tests/core/inference/MadeUpRun.h"
#include "tests/core/network/OtherGraphs.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <limits>

using namespace resnet;

namespace {

FeatureMaps mapsOf(std::initializer_list<float> values) {
    FeatureMaps maps({1, 1, int(values.size())});
    std::ranges::copy(values, maps.data());
    return maps;
}

FeatureMapsPtr filled(const FeatureShape& shape, float value) {
    auto maps = std::make_shared<FeatureMaps>(shape);
    std::fill_n(maps->data(), maps->size(), value);
    return maps;
}

}  // namespace

class UnitNormsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void measuresTheTwoWays() {
        const UnitNorms norms = unitNormsOf(mapsOf({3, -4, 0, -1}), mapsOf({0, 2, 5, 0.5}));
        QCOMPARE(norms.mainPath, std::sqrt(26.0));
        QCOMPARE(norms.shortcut, std::sqrt(29.25));
        QCOMPARE(norms.ratio(), std::sqrt(26.0 / 29.25));
        QCOMPARE(norms.cosine, -8.5 / std::sqrt(26.0 * 29.25));
        QCOMPARE(norms.belowZero, 0.5);
    }

    // Of the terms as they are added.
    void gainsCount() {
        const UnitNorms norms =
            unitNormsOf(mapsOf({3, -4, 0, -1}), mapsOf({0, 2, 5, 0.5}), {}, {-2.0f, 0.5f});
        const UnitNorms multiplied = unitNormsOf(mapsOf({-6, 8, 0, 2}), mapsOf({0, 1, 2.5, 0.25}));
        QCOMPARE(norms.mainPath, multiplied.mainPath);
        QCOMPARE(norms.shortcut, multiplied.shortcut);
        QCOMPARE(norms.cosine, multiplied.cosine);
        QCOMPARE(norms.belowZero, multiplied.belowZero);
        const float infinity = std::numeric_limits<float>::infinity();
        const UnitNorms off = unitNormsOf(mapsOf({infinity, 2}), mapsOf({3, 4}), {}, {0.0f, 1.0f});
        QCOMPARE(off.mainPath, 0.0);
        QCOMPARE(off.shortcut, 5.0);
        QCOMPARE(off.ratio(), 0.0);
    }

    void leavesOutWhatIsNotFinite() {
        const float nan = std::numeric_limits<float>::quiet_NaN();
        const UnitNorms norms = unitNormsOf(mapsOf({nan, 2}), mapsOf({1, 3}));
        QCOMPARE(norms.mainPath, 2.0);
        QCOMPARE(norms.shortcut, 3.0);
        QCOMPARE(norms.cosine, 1.0);
    }

    void ofNothingFiniteNothingIsKnown() {
        const float nan = std::numeric_limits<float>::quiet_NaN();
        const UnitNorms norms = unitNormsOf(mapsOf({nan, nan}), mapsOf({1, 3}));
        for (const double figure :
             {norms.mainPath, norms.shortcut, norms.ratio(), norms.cosine, norms.belowZero})
            QVERIFY(std::isnan(figure));
    }

    void nothingIsDividedByZero() {
        const UnitNorms norms = unitNormsOf(mapsOf({1, 2}), mapsOf({0, 0}));
        QCOMPARE(norms.ratio(), 0.0);
        QCOMPARE(norms.cosine, 0.0);
    }

    void takesTheProjectionWhereThereIsOne() {
        const Graph graph(resNet34());
        const ResidualUnit& identity = *graph.unit(0, 1);
        const ResidualUnit& projection = *graph.unit(1, 0);
        QCOMPARE(identity.shortcutOutput(), identity.input);
        QCOMPARE(projection.shortcutOutput(), projection.shortcut.back());

        Run activations = test::madeUpRun(graph, filled(graph.outputShape(inputStep), 0.0f));
        QVERIFY(!unitNormsOf(projection, activations));
        const FeatureShape& shape = graph.outputShape(projection.branchOutput());
        activations = activations.withOutput(projection.branchOutput(), filled(shape, 1.0f), 0.0);
        QVERIFY(!unitNormsOf(projection, activations));
        activations = activations.withOutput(projection.shortcutOutput(), filled(shape, -2.0f), 0.0);
        const auto norms = unitNormsOf(projection, activations);
        QVERIFY(norms);
        QCOMPARE(norms->ratio(), 0.5);
        QCOMPARE(norms->cosine, -1.0);
        QCOMPARE(norms->belowZero, 1.0);
    }

    // The step that gives F(x) and the one beside it, however long either way is.
    void otherUnitsAreMeasuredAtTheirOwnSteps() {
        for (const Graph& graph : {resnet::test::bottleneckGraph(), resnet::test::preActivationGraph()})
            for (const ResidualUnit& unit : graph.units()) {
                Run run = test::madeUpRun(graph, filled(graph.outputShape(inputStep), 0.0f));
                for (const StepId input : graph.step(*unit.add).inputs)
                    run = run.withOutput(
                        input, filled(graph.outputShape(input), input == unit.branchOutput() ? 3.0f : -1.0f),
                        0.0);
                const auto norms = unitNormsOf(unit, run);
                QVERIFY(norms);
                QCOMPARE(norms->ratio(), 3.0);
                QCOMPARE(norms->belowZero, 0.0);
            }
    }

    void aPlainUnitHasNone() {
        const Graph graph(plain34());
        Run activations = test::madeUpRun(graph, filled(graph.outputShape(inputStep), 0.0f));
        for (StepId step = 0; step < graph.stepCount(); ++step)
            activations = activations.withOutput(step, filled({1, 1, 1}, 1.0f), 0.0);
        QVERIFY(!unitNormsOf(graph.units().front(), activations));
    }
};

RESNET_EVENT_LOOP_TEST(UnitNormsTest)
#include "UnitNormsTest.moc"
