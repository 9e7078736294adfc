#include "core/network/Pace.h"
#include "tests/TestPrograms.h"
#include "tests/ui/SmallNetwork.h"
#include "ui/workspace/Focus.h"

#include <QtTest>

using namespace resnet;
using namespace resnet::ui;
using namespace resnet::ui::test;

class FocusTest : public QObject {
    Q_OBJECT

    ModelPtr m_model;
    const Graph& graph() const { return m_model->graph(); }

private Q_SLOTS:
    void initTestCase() { m_model = newModel(smallRequest()); }

    void movingKeepsWithinTheNetwork() {
        const Focus focus = Focus{}.atStep(graph(), 3).atChannel(graph(), 2);
        QCOMPARE(focus.atStep(graph(), 100'000).step, graph().softmaxStep());
        QCOMPARE(focus.atStep(graph(), -7).step, inputStep);
        QCOMPARE(focus.atChannel(graph(), 1000).channel, graph().outputShape(3).channels - 1);
        QCOMPARE(focus.atChannel(graph(), -1).channel, 0);
        const FeatureShape shape = graph().outputShape(3);
        QCOMPARE(focus.atCell(graph(), Cell{1000, -1}).cell(graph()),
                 std::optional(Cell{shape.height - 1, 0}));
    }

    void theChannelStaysAsFarAsThereAreSoMany() {
        const StepId wide = graph().units().back().output;
        const Focus focus = Focus{}.atStep(graph(), wide).atChannel(graph(), 15);
        QCOMPARE(focus.atStep(graph(), 3).channel, 7);
        QCOMPARE(focus.atStep(graph(), wide - 1).channel, 15);
    }

    void theChannelComesBackAndClassesHaveOneOfTheirOwn() {
        const StepId wide = graph().units().back().output;
        const Focus focus = Focus{}.atStep(graph(), wide).atChannel(graph(), 15);
        QCOMPARE(focus.atStep(graph(), 3).atStep(graph(), wide).channel, 15);
        const Focus atClasses = focus.atStep(graph(), graph().softmaxStep());
        QVERIFY(isPerClass(graph(), atClasses.step) && !atClasses.chosenClass);
        const Focus chosen = atClasses.atChannel(graph(), 2);
        QCOMPARE(chosen.atStep(graph(), wide).channel, 15);
        QCOMPARE(chosen.atStep(graph(), wide).atStep(graph(), graph().logitsStep()).channel, 2);
    }

    void everyStageKeepsItsOwnChannel() {
        const StepId early = graph().units().front().output;
        const StepId late = graph().units().back().output;
        const Focus first = Focus{}.atStep(graph(), early).atChannel(graph(), 3);
        QVERIFY(first.hasChannel(graph()));
        QVERIFY(!first.atStep(graph(), late).hasChannel(graph()));
        const Focus both = first.atStep(graph(), late).atChannel(graph(), 12);
        QCOMPARE(both.atStep(graph(), early).channel, 3);
        QCOMPARE(both.atStep(graph(), late).channel, 12);
        QCOMPARE(both.atStep(graph(), graph().head().front().id).channel, 12);
    }

    void aClassIsChosenFromAnywhere() {
        const StepId early = graph().units().front().output;
        const Focus focus = Focus{}.atStep(graph(), early).atChannel(graph(), 3).atClass(graph(), 2);
        QCOMPARE(focus.channel, 3);
        QCOMPARE(focus.chosenClass, std::optional(2));
        QCOMPARE(focus.atStep(graph(), graph().softmaxStep()).channel, 2);
        QVERIFY(!focus.atClass(graph(), {}).chosenClass);
    }

    void theCellStaysAtItsPlaceThroughMapsAndVectors() {
        const Focus focus = Focus{}.atStep(graph(), 0).atCell(graph(), Cell{16, 31});  // of 32 x 32
        const Focus half = focus.atStep(graph(), 3);
        QCOMPARE(half.cell(graph()), std::optional(Cell{8, 15}));
        const Focus vector = half.atStep(graph(), graph().softmaxStep());
        QCOMPARE(vector.cell(graph()), std::optional(Cell{0, 0}));
        QCOMPARE(vector.atStep(graph(), 3).cell(graph()), std::optional(Cell{8, 15}));
        QCOMPARE(half.atCell(graph(), {}).cell(graph()), std::optional<Cell>());
        QVERIFY(!focus.isPlaceCarried() && half.isPlaceCarried());
        QVERIFY(!half.atStep(graph(), 0).isPlaceCarried());  // back where it was chosen
        QVERIFY(!half.atCell(graph(), half.cell(graph())).isPlaceCarried());
    }

    void stridesEndWhereUnitsAndStagesDo() {
        const ResidualUnit& first = graph().units().front();
        QCOMPARE(unitEnd(graph(), 0), first.first() - 1);
        QCOMPARE(unitEnd(graph(), first.first()), first.last());
        QCOMPARE(stageEnd(graph(), graph().units()[1].first()), graph().units().back().last());
        QCOMPARE(unitEnd(graph(), graph().softmaxStep()), graph().softmaxStep());
        QCOMPARE(paceBack(graph(), first.last(), Pace::Unit), first.first() - 1);
        const StepId last = graph().softmaxStep();
        QCOMPARE(paceBack(graph(), last, Pace::Stage), graph().units().back().last());
        QCOMPARE(paceBack(graph(), graph().units().back().last(), Pace::Stage), first.last());
        QCOMPARE(paceBack(graph(), last, Pace::Step), last - 1);
        QCOMPARE(paceBack(graph(), 0, Pace::Unit), inputStep);
        QCOMPARE(paceBack(graph(), inputStep, Pace::Unit), inputStep);
    }
};

RESNET_TEST(FocusTest)
#include "FocusTest.moc"
