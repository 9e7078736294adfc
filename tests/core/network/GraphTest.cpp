#include "core/Error.h"
#include "core/network/Pace.h"
#include "tests/TestPrograms.h"
#include "tests/core/network/OtherGraphs.h"

#include <QtTest>

#include <algorithm>

using namespace resnet;

namespace {

std::vector<std::string> names(const Graph& graph, const std::vector<StepId>& steps) {
    std::vector<std::string> texts;
    for (const StepId step : steps)
        texts.push_back(graph.stepName(step));
    return texts;
}

std::vector<Graph> graphs() {
    return {Graph(resNet34()), Graph(resNet18()), Graph(plain34()), test::bottleneckGraph(),
            test::preActivationGraph()};
}

}  // namespace

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

    void aUnitIsItsLists() {
        const Graph graph{resNet34()};
        const ResidualUnit& unit = *graph.unit(1, 0);
        const std::vector<std::string> mainPath{"layer2.0.conv1", "layer2.0.bn1", "layer2.0.relu1",
                                                "layer2.0.conv2", "layer2.0.bn2"};
        QCOMPARE(names(graph, unit.mainPath), mainPath);
        const std::vector<std::string> shortcut{"layer2.0.downsample.0", "layer2.0.downsample.1"};
        QCOMPARE(names(graph, unit.shortcut), shortcut);
        QCOMPARE(graph.stepName(*unit.add), std::string("layer2.0.add"));
        QCOMPARE(names(graph, unit.tail), std::vector<std::string>{"layer2.0.relu2"});
        QCOMPARE(graph.stepName(unit.branchOutput()), std::string("layer2.0.bn2"));
        QCOMPARE(graph.stepName(unit.shortcutOutput()), std::string("layer2.0.downsample.1"));
        QCOMPARE(graph.stepName(unit.output), std::string("layer2.0.relu2"));
        QCOMPARE(graph.reluAfterSum(unit), std::optional(unit.output));
        QCOMPARE(graph.forkOf(unit), unit.input);
        const ResidualUnit& identity = *graph.unit(1, 1);
        QVERIFY(!identity.hasProjection() && identity.hasAddition());
        QCOMPARE(identity.shortcutOutput(), identity.input);
    }

    void aPlainUnitEndsWithoutASum() {
        const Graph graph{plain34()};
        const ResidualUnit& unit = *graph.unit(2, 0);
        QVERIFY(!unit.hasAddition() && !unit.hasProjection() && !graph.reluAfterSum(unit));
        QCOMPARE(graph.stepName(unit.branchOutput()), std::string("layer3.0.bn2"));
        QCOMPARE(graph.step(unit.output).inputs, std::vector<StepId>{unit.branchOutput()});
    }

    void bottleneckUnitsHaveThreeConvolutions() {
        const Graph graph = test::bottleneckGraph();
        const ResidualUnit& unit = graph.units().front();
        QCOMPARE(unit.mainPath.size(), std::size_t(8));
        QCOMPARE(graph.stepName(unit.branchOutput()), std::string("layer1.0.bn3"));
        QVERIFY(unit.hasProjection());
        QCOMPARE(graph.step(unit.output).output, (FeatureShape{16, 16, 16}));
        QCOMPARE(graph.step(graph.units().back().output).output, (FeatureShape{32, 8, 8}));
    }

    void preActivationUnitsEndWithTheSum() {
        const Graph graph = test::preActivationGraph();
        const ResidualUnit& unit = *graph.unit(1, 0);
        QVERIFY(unit.tail.empty());
        QCOMPARE(unit.output, *unit.add);
        QVERIFY(!graph.reluAfterSum(unit));
        QCOMPARE(graph.stepName(graph.forkOf(unit)), std::string("layer2.0.relu1"));
        QCOMPARE(unit.shortcut.size(), std::size_t(1));
        // Stem and pooling have no ReLU, so what they give has a sign.
        QVERIFY(graph.step(*graph.find("maxpool")).isSigned);
        QVERIFY(!graph.step(*graph.find("avgpool")).isSigned);
        QCOMPARE(graph.head().front().name, std::string("bn"));
    }

    void stemUnitsAndHeadAreTheWholeNetwork() {
        for (const Graph& graph : graphs()) {
            std::vector<StepId> steps;
            const auto append = [&](std::span<const Step> part) {
                QVERIFY(!part.empty());
                for (const Step& step : part)
                    steps.push_back(step.id);
            };
            append(graph.stem());
            for (const ResidualUnit& unit : graph.units()) {
                append(graph.stepsOf(unit));
                for (const Step& step : graph.stepsOf(unit))
                    QCOMPARE(graph.unitOf(step.id), &unit);
                QCOMPARE(graph.stepsOf(unit).front().id, unit.first());
                QCOMPARE(graph.stepsOf(unit).back().id, unit.last());
            }
            append(graph.head());
            QCOMPARE(int(steps.size()), graph.stepCount());
            for (std::size_t i = 0; i < steps.size(); ++i)
                QCOMPARE(steps[i], StepId(i));
            QVERIFY(!graph.unitOf(inputStep) && !graph.unitOf(graph.softmaxStep()));
            std::size_t inStages = 0;
            for (int stage = 0; stage < graph.stageCount(); ++stage) {
                inStages += graph.stage(stage).size();
                QCOMPARE(graph.stepsOfStage(stage).front().id, graph.stage(stage).front().first());
            }
            QCOMPARE(inStages, graph.units().size());
        }
    }

    void consumersAreTheInputsTurnedRound() {
        for (const Graph& graph : graphs()) {
            std::size_t edges = 0;
            for (StepId id = inputStep; id < graph.stepCount(); ++id)
                for (const StepId consumer : graph.consumersOf(id)) {
                    QVERIFY(std::ranges::count(graph.step(consumer).inputs, id) == 1);
                    ++edges;
                }
            std::size_t inputs = 0;
            for (const Step& step : graph.steps())
                inputs += step.inputs.size();
            QCOMPARE(edges, inputs);
            QVERIFY(graph.consumersOf(graph.softmaxStep()).empty());
        }
        const Graph graph{resNet34()};
        const StepId convolution = *graph.find("layer2.0.downsample.0");
        QCOMPARE(graph.consumerOf(convolution, StepKind::BatchNorm), graph.find("layer2.0.downsample.1"));
        QVERIFY(!graph.consumerOf(convolution, StepKind::ReLU));
        QCOMPARE(graph.consumersOf(*graph.find("maxpool")).size(), std::size_t(2));
    }

    void goingByUnitsStopsAtTheEndOfEach() {
        for (const Graph& graph : graphs()) {
            StepId step = inputStep;
            std::vector<StepId> stops;
            while (step != graph.softmaxStep())
                stops.push_back(step = paceForward(graph, step, Pace::Unit));
            QCOMPARE(stops.size(), graph.units().size() + 2);
            QCOMPARE(stops.front(), graph.stem().back().id);
            for (std::size_t i = 0; i < graph.units().size(); ++i)
                QCOMPARE(stops[i + 1], graph.units()[i].output);
            QCOMPARE(stageEnd(graph, graph.units().front().first()), graph.stage(0).back().output);
        }
    }

    void namesTellTheLayersWithWeights() {
        QCOMPARE(displayName(resNet34()), std::string("ResNet-34"));
        QCOMPARE(displayName(resNet18()), std::string("ResNet-18"));
        QCOMPARE(displayName(plain34()), std::string("Plain-34"));
        NetworkSpec other;
        other.unitsPerStage = {3, 3, 3};
        other.channelsPerStage = {8, 8, 8};
        QCOMPARE(displayName(other), std::string("ResNet 3-3-3"));
    }

    void refusesPartsThatAreNoNetwork() {
        const NetworkSpec spec = resNet18();
        const auto refuses = [&](auto change) {
            GraphParts parts = partsOf(spec);
            change(parts);
            try {
                Graph(spec, std::move(parts));
            } catch (const Error&) {
                return true;
            }
            return false;
        };
        QVERIFY(!refuses([](GraphParts&) {}));
        QVERIFY(refuses([](GraphParts& parts) { parts.steps.clear(); }));
        QVERIFY(refuses([](GraphParts& parts) { parts.steps.pop_back(); }));
        QVERIFY(refuses([](GraphParts& parts) { parts.units.clear(); }));
        QVERIFY(refuses([](GraphParts& parts) { parts.units.pop_back(); }));
        QVERIFY(refuses([](GraphParts& parts) { parts.units[1].mainPath.pop_back(); }));
        QVERIFY(refuses([](GraphParts& parts) { parts.units[1].output -= 1; }));
        QVERIFY(refuses([](GraphParts& parts) { parts.units.erase(parts.units.begin() + 1); }));
        QVERIFY(refuses([](GraphParts& parts) { parts.steps[3].inputs = {4}; }));
        QVERIFY(refuses([](GraphParts& parts) { parts.steps[3].inputs.clear(); }));
        QVERIFY(refuses([](GraphParts& parts) { parts.steps[5].id = 6; }));
    }

    void resNet18HasSixtyNineSteps() { QCOMPARE(Graph{resNet18()}.stepCount(), 69); }
};

RESNET_TEST(GraphTest)
#include "GraphTest.moc"
