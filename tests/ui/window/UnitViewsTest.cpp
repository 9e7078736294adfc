#include "core/explain/ClassActivation.h"
#include "tests/TestPrograms.h"
#include "tests/ui/Painted.h"
#include "tests/ui/window/ShownViews.h"
#include "ui/activations/EnlargedMap.h"
#include "ui/activations/VectorBars.h"
#include "ui/widgets/ColumnChartView.h"

#include <algorithm>

using namespace resnet;
using namespace resnet::ui;
using namespace resnet::ui::test;

// What a unit does to a channel, charts, weights and the features of a class.
class UnitViewsTest : public ShownViews {
    Q_OBJECT
private Q_SLOTS:
    void init() { open(); }
    void cleanup() { close(); }

    void theLensShowsTheFourTerms() {
        m_panel->choose(ViewSettings::unitMaps);
        const auto* lens = shown<UnitLens>();
        QVERIFY(lens);
        m_workspace->selectChannel(6);
        const Graph& graph = m_workspace->model()->graph();
        const ResidualUnit& unit = *graph.unit(0, 0);
        const Run& activations = m_workspace->activations();
        const auto values = lens->valuesAt({3, 4});
        QCOMPARE(*values[0], activations.output(unit.input)->at(6, 3, 4));
        QCOMPARE(*values[1], activations.output(unit.branchOutput())->at(6, 3, 4));
        QCOMPARE(*values[2], *values[0] + *values[1]);
        QCOMPARE(*values[3], std::max(0.0f, *values[2]));

        goTo("layer2.0.conv1");
        m_workspace->selectChannel(6);  // every stage has its own
        const ResidualUnit& projection = *graph.unit(1, 0);
        QCOMPARE(*lens->valuesAt({1, 1})[0], activations.output(projection.shortcutOutput())->at(6, 1, 1));
        // One name for what the shortcut gives, on the maps as below them.
        for (const char* name : {"P(x)", "F(x) + P(x)"}) {
            const auto maps = lens->findChildren<EnlargedMap*>();
            QVERIFY(std::ranges::any_of(maps, [&](const EnlargedMap* each) {
                return each->accessibleName() == QLatin1String(name);
            }));
            QVERIFY(lens->accessibleDescription().contains(QLatin1String(name)));
        }
        goTo("conv1");
        QVERIFY(!lens->isVisible());
    }

    void theUnitStandsBesideItselfForEveryChannel() {
        m_panel->choose(ViewSettings::unitMaps);
        QCoreApplication::processEvents();
        MapGrid* grid = parts().unitGrid()->grid();
        QVERIFY(grid->isVisible());
        QTest::mouseClick(grid->viewport(), Qt::LeftButton, {}, grid->channelRect(5).center());
        QCOMPARE(m_workspace->channel(), 5);
        QTest::keyClick(grid, Qt::Key_Right);
        QCOMPARE(m_workspace->channel(), 6);

        // Four maps of one shape, in the order of the terms.
        const QRect place = grid->channelRect(6);
        QVERIFY(place.width() >= 4 * grid->gridLayout().mapSize().width());
        QSignalSpy hovered(grid, &MapGrid::cellHovered);
        QTest::mouseMove(grid->viewport(), place.bottomRight());
        QTRY_VERIFY(!hovered.isEmpty());
        const FeatureShape shape = m_workspace->model()->graph().outputShape(m_workspace->currentStep());
        const Cell corner{shape.height - 1, shape.width - 1};
        QCOMPARE(hovered.last()[1].value<Cell>(), corner);
        QTest::mouseMove(grid->viewport(), place.topLeft());
        QTRY_COMPARE(hovered.last()[1].value<Cell>(), (Cell{0, 0}));
        QVERIFY(overviewText().contains(QStringLiteral("F(x) ")));

        // A title leads to its step.
        QTest::mouseClick(parts().unitGrid(), Qt::LeftButton, {},
                          parts().unitGrid()->titleRect(3).center().toPoint());
        QCOMPARE(m_workspace->model()->graph().stepName(m_workspace->currentStep()), "layer1.0.relu2");
    }

    void theUnitsGridFollowsTheOrder() {
        m_panel->choose(ViewSettings::unitMaps);
        parts().controls()->setSortKey(SortKey::StandardDeviation);
        const Graph& graph = m_workspace->model()->graph();
        // The current step is none of the four: F(x) says the order.
        const std::vector<Statistics> statistics =
            channelStatistics(*m_workspace->activations().output(*graph.find("layer1.0.bn2")));
        const auto most =
            int(std::ranges::max_element(statistics, {}, &Statistics::deviation) - statistics.begin());
        MapGrid* grid = parts().unitGrid()->grid();
        for (int c = 0; c < 8; ++c) {
            QVERIFY(grid->channelRect(c).top() >= grid->channelRect(most).top());
            QVERIFY(grid->channelRect(c).left() >= grid->channelRect(most).left() ||
                    grid->channelRect(c).top() > grid->channelRect(most).top());
        }
        filterEdit()->setText(QStringLiteral("2-4"));
        QVERIFY(grid->channelRect(1).isNull() && !grid->channelRect(2).isNull());
        // In stem and head there is no unit, and what is seen is another picture.
        const QImage maps = seenOf(*m_panel);
        goTo("conv1");
        QVERIFY(grid->channelRect(2).isNull());
        QVERIFY(seenOf(*m_panel) != maps);
    }

    void anEmptyViewSaysNothingOfClicks() {
        m_panel->choose(ViewSettings::unitMaps);
        goTo("layer1.0.add");
        QTRY_VERIFY(overviewText().contains(QStringLiteral("A click selects")));
        goTo("avgpool");
        QTRY_VERIFY(!overviewText().contains(QStringLiteral("A click selects")));
    }

    void cellsAreClickedAndMovedByKeys() {
        m_panel->choose(ViewSettings::unitMaps);
        const auto* lens = shown<UnitLens>();
        auto& map = const_cast<EnlargedMap&>(lens->map(1));
        const QRectF rect = map.mapRect();
        QTest::mouseClick(&map, Qt::LeftButton, {}, (rect.bottomRight() - QPointF(2, 2)).toPoint());
        const FeatureShape& shape = m_workspace->activations().output(m_workspace->currentStep())->shape();
        QCOMPARE(m_workspace->cell(), std::optional(Cell{shape.height - 1, shape.width - 1}));
        QTest::keyClick(&map, Qt::Key_Up);
        QTest::keyClick(&map, Qt::Key_Left, Qt::ShiftModifier);
        QCOMPARE(m_workspace->cell(), std::optional(Cell{shape.height - 2, shape.width - 9}));
        QTest::keyClick(&map, Qt::Key_Right, Qt::ShiftModifier);
        QTest::keyClick(&map, Qt::Key_Right, Qt::ShiftModifier);
        QCOMPARE(m_workspace->cell()->x, shape.width - 1);
        QTest::keyClick(&map, Qt::Key_Escape);
        QVERIFY(!m_workspace->cell());
    }

    void aCaptionLeadsToItsStep() {
        m_panel->choose(ViewSettings::unitMaps);
        auto* lens = shown<UnitLens>();
        const QRect tile = lens->map(1).geometry();
        QTest::mouseClick(lens, Qt::LeftButton, {}, QPoint(tile.center().x(), lens->height() - 8));
        QCOMPARE(m_workspace->model()->graph().stepName(m_workspace->currentStep()), "layer1.0.bn2");
    }

    void chartsLeadToStepsAndUnits() {
        m_panel->choose(QStringLiteral("steps"));
        ColumnChartView* chart = parts().chart();
        QVERIFY(chart->isVisible());
        QTRY_VERIFY(!chart->isEmpty());  // measured in the background
        QTest::mouseClick(chart, Qt::LeftButton, {}, chart->columnRect(7).center().toPoint());
        QCOMPARE(m_workspace->currentStep(), 7);
        QTest::keyClick(chart, Qt::Key_Right);
        QCOMPARE(m_workspace->currentStep(), 8);

        m_panel->choose(QStringLiteral("units"));
        chart = parts().chart();
        QTRY_VERIFY(!chart->isEmpty());
        QTest::mouseClick(chart, Qt::LeftButton, {}, chart->columnRect(2).center().toPoint());
        QCOMPARE(m_workspace->model()->graph().stepName(m_workspace->currentStep()), "layer2.1.bn2");
        QTest::keyClick(chart, Qt::Key_Left);
        QCOMPARE(m_workspace->model()->graph().stepName(m_workspace->currentStep()), "layer2.0.bn2");
    }

    void weightsOfEveryKindAreShown() {
        m_panel->choose(QStringLiteral("weights"));
        goTo("conv1");
        MapGrid* kernels = parts().weights()->kernels();
        QVERIFY(kernels->isVisible());
        QTest::mouseClick(kernels->viewport(), Qt::LeftButton, {}, kernels->channelRect(6).center());
        QCOMPARE(m_workspace->channel(), 6);
        goTo("layer2.0.conv1");
        QVERIFY(!kernels->channelRect(7).isNull());
        QVERIFY(kernels->channelRect(8).isNull());  // eight input channels

        goTo("layer1.0.relu1");  // the nearest with weights is the batch norm
        auto* chart = parts().weights()->findChild<ColumnChartView*>();
        QVERIFY(chart->isVisible());
        QTest::mouseClick(chart, Qt::LeftButton, {}, chart->columnRect(3).center().toPoint());
        QCOMPARE(m_workspace->channel(), 3);
        goTo("softmax");
        QVERIFY(parts().weights()->findChild<VectorBars*>()->isVisible());
    }

    void aClassTellsWhatAddsMostToIt() {
        goTo("fc");
        m_workspace->selectChannel(1);
        VectorBars* bars = nullptr;
        for (VectorBars* each : m_panel->findChildren<VectorBars*>())
            if (each->isVisible() && each != parts().bars())
                bars = each;
        QVERIFY(bars);
        const std::vector<FeatureContribution> all = featureContributions(m_workspace->activations(), 1);
        const auto most = std::ranges::max_element(
            all, {}, [](const FeatureContribution& each) { return std::abs(each.contribution()); });
        QVERIFY(!bars->slotOf(most->feature).isNull());
        QTest::mouseClick(bars, Qt::LeftButton, {}, bars->slotOf(most->feature).center().toPoint());
        QCOMPARE(m_workspace->channel(), most->feature);
        QCOMPARE(m_workspace->model()->graph().stepName(m_workspace->currentStep()), "layer2.1.relu2");
    }
};

RESNET_WINDOW_TEST(UnitViewsTest)
#include "UnitViewsTest.moc"
