#include "core/Error.h"
#include "tests/TestPrograms.h"
#include "tests/core/network/OtherGraphs.h"
#include "tests/ui/diagram/DrawingChecks.h"
#include "ui/drawing/DiagramLayout.h"
#include "ui/drawing/LayoutMorph.h"
#include "ui/drawing/SectionLayout.h"

#include <QtTest>

#include <algorithm>
#include <map>
#include <memory>
#include <set>

using namespace resnet;
using namespace resnet::ui;
using namespace resnet::ui::test;

namespace {

using GraphPtr = std::shared_ptr<const Graph>;

NetworkSpec spec(std::vector<int> units, std::vector<int> channels, int height, int width,
                 bool shortcuts = true) {
    NetworkSpec made;
    made.unitsPerStage = std::move(units);
    made.channelsPerStage = std::move(channels);
    made.inputHeight = height;
    made.inputWidth = width;
    made.shortcut = shortcuts ? ShortcutKind::Projection : ShortcutKind::None;
    return made;
}

}  // namespace

class DiagramLayoutTest : public QObject {
    Q_OBJECT
private:
    static void addSpecs(bool withDetail) {
        QTest::addColumn<GraphPtr>("made");
        QTest::addColumn<Detail>("detail");
        const std::pair<const char*, NetworkSpec> specs[] = {
            {"resnet34", resNet34()},
            {"resnet18", resNet18()},
            {"plain34", plain34()},
            {"one stage", spec({2}, {64}, 224, 224)},
            {"six narrow stages", spec({1, 2, 1, 2, 1, 1}, {4, 8, 8, 16, 16, 32}, 128, 96)},
            {"wide and flat", spec({3, 3}, {1024, 4096}, 64, 1024)},
            {"vectors at the end", spec({2, 2, 2, 2}, {16, 32, 64, 128}, 32, 32)},
            {"long stage", spec({2, 24}, {32, 64}, 224, 224)},
            {"plain, non-square", spec({2, 2, 2}, {8, 16, 32}, 100, 260, false)},
        };
        std::vector<std::pair<const char*, GraphPtr>> graphs;
        for (const auto& [name, spec] : specs)
            graphs.emplace_back(name, std::make_shared<Graph>(spec));
        graphs.emplace_back("bottleneck", std::make_shared<Graph>(resnet::test::bottleneckGraph()));
        graphs.emplace_back("pre-activation", std::make_shared<Graph>(resnet::test::preActivationGraph()));
        for (const auto& [name, made] : graphs)
            for (const Detail detail : {Detail::Network, Detail::Unit, Detail::Layer})
                if (withDetail || detail == Detail::Layer)
                    QTest::addRow("%s, %s", name, std::string(resnet::ui::name(detail)).c_str())
                        << made << detail;
    }

    static void check(const DiagramLayout& layout) {
        QCOMPARE(edgeThroughForeignNode(layout), QString());
        QCOMPARE(overlappingLabels(layout), QString());
        QCOMPARE(overlappingBoxes(layout), QString());
        QCOMPARE(labelOnForeignBox(layout), QString());
        QCOMPARE(outside(layout), QString());
    }

private Q_SLOTS:
    void nothingOverlapsInTheRiver_data() { addSpecs(true); }
    void nothingOverlapsInTheRiver() {
        QFETCH(GraphPtr, made);
        QFETCH(Detail, detail);
        const Graph& graph = *made;
        const OpenNodes open = OpenNodes::at(detail, graph);
        check(layoutDiagram(graph, open));
        for (const double aspect : {0.7, 1.4, 1.8, 3.0})
            check(layoutDiagram(graph, open, foldedFor(graph, open, aspect)));
        for (int stage = 0; stage < graph.stageCount(); ++stage)
            check(layoutDiagram(graph, open, {0.0, stage}));
    }

    void nothingOverlapsInASection_data() { addSpecs(false); }
    void nothingOverlapsInASection() {
        QFETCH(GraphPtr, made);
        const Graph& graph = *made;
        for (const double aspect : {0.0, 3.0, 8.0}) {
            for (const ResidualUnit& unit : graph.units())
                check(layoutSection(graph, {Group::Kind::Unit, unit.stage, unit.unit}, aspect));
            check(layoutSection(graph, {Group::Kind::Stem}, aspect));
            check(layoutSection(graph, {Group::Kind::Head}, aspect));
        }
        check(layoutUnitKindsFigure(graph));
    }

    void mixedOpenGroupsDoNotOverlap() {
        const Graph graph{NetworkSpec{}};
        OpenNodes open = OpenNodes::at(Detail::Network, graph);
        open.openNamed(graph, "layer2");
        open.openNamed(graph, "layer3.0");
        open.openNamed(graph, "layer4.*");
        open.openNamed(graph, "stem");
        check(layoutDiagram(graph, open));
        check(layoutDiagram(graph, open, {1500.0, {}}));
    }

    void everyStepIsDrawnOnceAndConnectedAsInTheGraph_data() { addSpecs(false); }
    void everyStepIsDrawnOnceAndConnectedAsInTheGraph() {
        QFETCH(GraphPtr, made);
        const Graph& graph = *made;
        const OpenNodes open = OpenNodes::at(Detail::Layer, graph);
        const DiagramLayout layout = layoutDiagram(graph, open, foldedFor(graph, open, 1.5));
        QCOMPARE(int(layout.nodes.size()), graph.stepCount() + 1);  // and the image
        std::set<std::pair<StepId, StepId>> drawn;
        for (const DiagramEdge& edge : layout.edges) {
            const StepId from = layout.nodes[std::size_t(edge.from)].step;
            QCOMPARE(edge.carries, from);
            drawn.insert({from, layout.nodes[std::size_t(edge.to)].step});
        }
        std::set<std::pair<StepId, StepId>> expected;
        for (const Step& step : graph.steps()) {
            const DiagramNode* node = layout.nodeOf(step.id);
            QVERIFY(node && node->first == step.id && node->last == step.id);
            for (const StepId input : step.inputs)
                expected.insert({input, step.id});
        }
        QVERIFY(drawn == expected);
    }

    void everyEdgeTellsItsShape_data() { addSpecs(false); }
    void everyEdgeTellsItsShape() {
        QFETCH(GraphPtr, made);
        const Graph& graph = *made;
        const OpenNodes open = OpenNodes::at(Detail::Layer, graph);
        QCOMPARE(edgeWithoutItsShape(graph, layoutDiagram(graph, open)), QString());
        QCOMPARE(edgeWithoutItsShape(graph, layoutDiagram(graph, open, foldedFor(graph, open, 1.5))),
                 QString());
        QCOMPARE(edgeWithoutItsShape(graph, layoutSection(graph, {Group::Kind::Stem}, 3.0)), QString());
        QCOMPARE(edgeWithoutItsShape(graph, layoutSection(graph, {Group::Kind::Head}, 3.0)), QString());
        for (const ResidualUnit& unit : graph.units())
            QCOMPARE(edgeWithoutItsShape(
                         graph, layoutSection(graph, {Group::Kind::Unit, unit.stage, unit.unit}, 3.0)),
                     QString());
    }

    void aStageIsSharedOutEvenlyBetweenItsRows() {
        const Graph graph{NetworkSpec{}};
        const OpenNodes open = OpenNodes::at(Detail::Layer, graph);
        const DiagramLayout layout = layoutDiagram(graph, open, {3.5 * 650.0, {}});  // three units a row
        std::map<std::pair<int, double>, int> inRow;  // of a stage, at a height
        for (const DiagramFrame& frame : layout.frames)
            if (frame.group.kind == Group::Kind::Unit)
                ++inRow[{frame.group.stage, frame.box.bottom()}];
        std::vector<int> counts;
        for (const auto& [row, count] : inRow)
            counts.push_back(count);
        QCOMPARE(counts, (std::vector<int>{3, 2, 2, 3, 3, 3}));
    }

    void everyStepHasANodeAtEveryLevel() {
        const Graph graph{NetworkSpec{}};
        for (const Detail detail : {Detail::Network, Detail::Unit, Detail::Layer}) {
            const DiagramLayout layout = layoutDiagram(graph, OpenNodes::at(detail, graph));
            for (StepId step = inputStep; step < graph.stepCount(); ++step)
                QVERIFY(layout.nodeOf(step));
        }
        const DiagramLayout units = layoutDiagram(graph, OpenNodes::at(Detail::Unit, graph));
        const auto count = [&](NodeKind kind) {
            return std::ranges::count_if(units.nodes, [&](const auto& node) { return node.kind == kind; });
        };
        QCOMPARE(int(count(NodeKind::Unit)), 16);
        QCOMPARE(int(count(NodeKind::Sum)), 16);
    }

    // Each step of the unit once, what enters and what leaves, joined as in the graph.
    void aSectionHoldsTheWholeUnit_data() { addSpecs(false); }
    void aSectionHoldsTheWholeUnit() {
        QFETCH(GraphPtr, made);
        const Graph& graph = *made;
        for (const ResidualUnit& unit : graph.units()) {
            const DiagramLayout layout =
                layoutSection(graph, {Group::Kind::Unit, unit.stage, unit.unit}, 3.0);
            std::set<StepId> drawn;
            for (const DiagramNode& node : layout.nodes)
                drawn.insert(node.step);
            std::set<StepId> expected{unit.input};
            std::set<std::pair<StepId, StepId>> inputs, edges;
            for (const Step& step : graph.stepsOf(unit)) {
                expected.insert(step.id);
                for (const StepId input : step.inputs)
                    inputs.insert({input, step.id});
            }
            QVERIFY(drawn == expected);
            for (const DiagramEdge& edge : layout.edges) {
                const StepId from = layout.nodes[std::size_t(edge.from)].step;
                const StepId to = layout.nodes[std::size_t(edge.to)].step;
                QCOMPARE(edge.carries, from);
                if (from != to)  // a sum that leaves as it is stands there twice
                    edges.insert({from, to});
            }
            QVERIFY(edges == inputs);
        }
    }

    void projectionsAreMarked() {
        const Graph graph{NetworkSpec{}};
        const DiagramLayout layout = layoutDiagram(graph, OpenNodes::at(Detail::Unit, graph));
        int identities = 0;
        int projections = 0;
        for (const DiagramEdge& edge : layout.edges)
            if (edge.way == Way::Shortcut)
                ++(edge.isProjection ? projections : identities);
        QCOMPARE(identities, 13);
        QCOMPARE(projections, 3);
        const auto tags = std::ranges::count_if(
            layout.labels, [](const auto& label) { return label.text == QStringLiteral("1×1"); });
        QCOMPARE(int(tags), 3);
    }

    void halvingAndDoublingIsSeen() {
        double height = 1e9;
        double width = 0.0;
        for (const FeatureShape& shape : {FeatureShape{64, 56, 56}, FeatureShape{128, 28, 28},
                                          FeatureShape{256, 14, 14}, FeatureShape{512, 7, 7}}) {
            QVERIFY(blockHeight(shape) < height - 10.0);
            QVERIFY(blockWidth(shape) > width + 4.0);
            height = blockHeight(shape);
            width = blockWidth(shape);
        }
    }

    // As in the lens and the inspector.
    void whatTheShortcutMakesOfXHasOneName_data() {
        QTest::addColumn<QString>("network");
        for (const char* network : {"resnet18", "cifar20"})
            QTest::newRow(network) << QString::fromLatin1(network);
    }
    void whatTheShortcutMakesOfXHasOneName() {
        QFETCH(QString, network);
        const Graph graph(specNamed(network.toStdString()));
        const auto texts = [&](int stage) {
            QStringList all;
            for (const DiagramLabel& label : layoutSection(graph, {Group::Kind::Unit, stage, 0}, 1.0).labels)
                all << label.text;
            return all.join(QLatin1Char('|'));
        };
        QVERIFY2(texts(1).contains(QStringLiteral("ReLU(F(x) + P(x))")), qPrintable(texts(1)));
        QVERIFY2(texts(0).contains(QStringLiteral("ReLU(F(x) + x)")), qPrintable(texts(0)));
        QStringList tags;
        for (const DiagramLabel& label : layoutDiagram(graph, OpenNodes::at(Detail::Layer, graph)).labels)
            tags << label.text;
        QVERIFY2(tags.contains(QStringLiteral("shortcut: P(x)")), qPrintable(tags.join(QLatin1Char('|'))));
        QVERIFY(tags.contains(QStringLiteral("shortcut x")));
    }

    void openingNamesThatDoNotExistIsAnError() {
        const Graph graph{NetworkSpec{}};
        for (const char* name : {"layer5", "layer0", "layer2.4", "layer2.", "layer", "layer2x", "", "fc",
                                 "layer2.1.conv1", "layer99999999999"}) {
            OpenNodes open;
            QVERIFY_EXCEPTION_THROWN(open.openNamed(graph, name), Error);
        }
        QVERIFY_EXCEPTION_THROWN(unitNamed(graph, "layer9.0"), Error);
        QVERIFY_EXCEPTION_THROWN(detailNamed("units"), Error);
    }

    void morphingStartsInTheOldPlaceAndEndsInTheNew() {
        const Graph graph{NetworkSpec{}};
        const OpenNodes closed = OpenNodes::at(Detail::Unit, graph);
        OpenNodes open = closed;
        open.openNamed(graph, "layer2.1");
        const DiagramLayout before = layoutDiagram(graph, closed);
        const DiagramLayout after = layoutDiagram(graph, open);
        const DiagramLayout start = morphed(before, after, 0.0);
        const ResidualUnit& unit = unitNamed(graph, "layer2.1");
        const QRectF block = placeOf(before, unit.first(), unit.last());
        QVERIFY(block.adjusted(-1, -1, 1, 1).contains(start.nodeOf(unit.first())->box));
        QCOMPARE(start.nodeOf(unitNamed(graph, "layer4.2").output)->box,
                 before.nodeOf(unitNamed(graph, "layer4.2").output)->box);
        const DiagramLayout end = morphed(before, after, 1.0);
        for (std::size_t i = 0; i < after.nodes.size(); ++i)
            QCOMPARE(end.nodes[i].box, after.nodes[i].box);
    }
};

RESNET_TEST(DiagramLayoutTest)
#include "DiagramLayoutTest.moc"
