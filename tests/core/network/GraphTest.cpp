#include "core/network/Graph.h"
#include "tests/TestPrograms.h"

#include <QtTest>

using namespace resnet;

// The facts of the default network, from the paper and from product.md.
class GraphTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void defaultNetworkHasItsKnownSize() {
        const Graph graph{NetworkSpec{}};
        QCOMPARE(graph.stepCount(), 125);
        QCOMPARE(graph.units().size(), std::size_t(16));
        QCOMPARE(graph.trainableParameters(), std::int64_t(21'289'802));
        QCOMPARE(graph.multiplyAdds() / 10'000'000, std::int64_t(366));
        NetworkSpec imagenet;
        imagenet.classes = 1000;
        QCOMPARE(Graph{imagenet}.trainableParameters(), std::int64_t(21'797'672));
    }

    void receptiveFieldsAtStageEnds() {
        for (const Padding padding : {Padding::Same, Padding::Symmetric}) {
            NetworkSpec spec;
            spec.padding = padding;
            const Graph graph{spec};
            const int expected[] = {59, 179, 547, 899};
            for (int stage = 0; stage < 4; ++stage) {
                const ResidualUnit* last = graph.unit(stage, spec.unitsPerStage[stage] - 1);
                QCOMPARE(graph.step(last->last()).fieldY.size, expected[stage]);
                QCOMPARE(graph.step(last->last()).fieldX.size, expected[stage]);
                QCOMPARE(graph.step(last->last()).fieldX.stride, 4 << stage);
            }
        }
    }

    void samePaddingPutsTheOddPixelAfter() {
        const Graph graph{NetworkSpec{}};
        QCOMPARE(graph.step(*graph.find("conv1")).window, (Window{7, 2, 2, 2, 3, 3}));
        QCOMPARE(graph.step(*graph.find("maxpool")).window, (Window{3, 2, 0, 0, 1, 1}));
        QCOMPARE(graph.step(*graph.find("layer2.0.conv1")).window, (Window{3, 2, 0, 0, 1, 1}));
        QCOMPARE(graph.step(*graph.find("layer2.0.downsample.0")).window, (Window{1, 2, 0, 0, 0, 0}));
    }

    void plainNetworkHasNoShortcuts() {
        const Graph graph{plain34()};
        QCOMPARE(graph.stepCount(), 125 - 16 - 6);
        for (const Step& step : graph.steps())
            QVERIFY(step.kind != StepKind::Add && step.way != Way::Shortcut);
    }

    void resNet18HasSixtyNineSteps() { QCOMPARE(Graph{resNet18()}.stepCount(), 69); }
};

RESNET_TEST(GraphTest)
#include "GraphTest.moc"
