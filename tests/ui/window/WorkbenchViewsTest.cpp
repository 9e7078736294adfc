#include "core/explain/ClassActivation.h"
#include "tests/TestPrograms.h"
#include "tests/ui/window/PanelParts.h"
#include "ui/activations/CellReadout.h"
#include "ui/activations/EnlargedMap.h"
#include "ui/activations/ScaleStrip.h"
#include "ui/activations/UnitLens.h"
#include "ui/activations/VectorBars.h"
#include "ui/widgets/ColumnChartView.h"

#include <QLabel>
#include <QLineEdit>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>

#include <limits>

using namespace resnet;
using namespace resnet::ui;
using namespace resnet::ui::test;

namespace {

ModelPtr smallModel() {
    ModelRequest request;
    request.unitsPerStage = std::vector{1, 2};
    request.channelsPerStage = std::vector{8, 96};
    request.classes = 4;
    request.inputHeight = 64;
    request.inputWidth = 96;
    request.classNames = std::vector<std::string>{"ant", "bee", "cat", "dog"};
    return newModel(request);
}

// The same network with a channel that is not a number anywhere, one that is infinite, and a dead one.
ModelPtr damagedModel() {
    Model model = *smallModel();
    StateDict parameters = model.network->parameters();
    std::vector<float>& shift = parameters.at("layer1.0.bn2.bias").values;
    shift[1] = std::numeric_limits<float>::quiet_NaN();
    shift[2] = std::numeric_limits<float>::infinity();
    parameters.at("layer1.0.bn1.bias").values[3] = -1e6f;
    model.network = std::make_shared<Network>(model.network->spec(), std::move(parameters));
    return std::make_shared<const Model>(std::move(model));
}

PicturePtr stripes() {
    auto picture = std::make_shared<Picture>();
    picture->image.width = 96;
    picture->image.height = 64;
    for (int y = 0; y < 64; ++y)
        for (int x = 0; x < 96; ++x)
            for (int c = 0; c < 3; ++c)
                picture->image.rgb.push_back(std::uint8_t((x / (4 + c) + y / 9) % 2 * 200 + c * 20));
    return picture;
}

}  // namespace

class WorkbenchViewsTest : public QObject {
    Q_OBJECT

    std::unique_ptr<Workspace> m_workspace;
    std::unique_ptr<Workbench> m_panel;

    void goTo(const char* step) { m_workspace->goToStep(*m_workspace->model()->graph().find(step)); }
    QLineEdit* filterEdit() const { return parts().controls()->findChild<QLineEdit*>(); }
    PanelParts parts() const { return PanelParts(*m_panel); }
    QPoint middleOf(int channel) const { return parts().grid()->channelRect(channel).center(); }
    // Views are kept when another is shown.
    template <typename Widget>
    Widget* shown(const QString& objectName = {}) const {
        for (Widget* each : m_panel->findChildren<Widget*>(objectName))
            if (each->isVisible())
                return each;
        return nullptr;
    }
    QString overviewText() const {
        QString text;
        for (const auto* label : m_panel->findChildren<QLabel*>())
            if (label->isVisible())
                text += label->text() + QLatin1Char('\n');
        return text;
    }

private Q_SLOTS:
    void init() {
        m_workspace = std::make_unique<Workspace>();
        m_panel = std::make_unique<Workbench>(
            *m_workspace, std::vector<WorkbenchTab>{{QStringLiteral("Maps"), {}, activationViews()}});
        m_panel->resize(1200, 250);
        m_panel->show();
        m_workspace->setModel(smallModel());
        m_workspace->setPicture(stripes());
        QTRY_VERIFY(m_workspace->activations().input() && m_workspace->activations().isComplete());
        goTo("layer1.0.bn1");
    }
    void cleanup() {
        m_panel.reset();
        m_workspace.reset();
    }

    void aClickSelectsTheChannel() {
        QTest::mouseClick(parts().grid()->viewport(), Qt::LeftButton, {}, middleOf(5));
        QCOMPARE(m_workspace->channel(), 5);
        // Between the maps nothing happens.
        QTest::mouseClick(parts().grid()->viewport(), Qt::LeftButton, {},
                          parts().grid()->channelRect(2).topRight() + QPoint(2, 5));
        QCOMPARE(m_workspace->channel(), 5);
    }

    void arrowKeysMoveOverChannels() {
        m_workspace->selectChannel(0);
        QTest::keyClick(parts().grid(), Qt::Key_Right);
        QTest::keyClick(parts().grid(), Qt::Key_Right);
        QCOMPARE(m_workspace->channel(), 2);
        QTest::keyClick(parts().grid(), Qt::Key_Left);
        QCOMPARE(m_workspace->channel(), 1);
        QTest::keyClick(parts().grid(), Qt::Key_Left);
        QTest::keyClick(parts().grid(), Qt::Key_Left);
        QCOMPARE(m_workspace->channel(), 0);
        goTo("layer2.0.bn1");
        m_panel->resize(400, 250);
        QCoreApplication::processEvents();
        const int columns = parts().grid()->gridLayout().columns();
        QVERIFY(columns < 96);
        QTest::keyClick(parts().grid(), Qt::Key_Down);
        QCOMPARE(m_workspace->channel(), columns);
        QTest::keyClick(parts().grid(), Qt::Key_Up);
        QCOMPARE(m_workspace->channel(), 0);
    }

    void keysOfTheWindowAreLeftToIt() {
        for (int key : {Qt::Key_PageDown, Qt::Key_PageUp, Qt::Key_Home, Qt::Key_End, Qt::Key_Space}) {
            QKeyEvent event(QEvent::KeyPress, key, Qt::NoModifier);
            QCoreApplication::sendEvent(parts().grid(), &event);
            QVERIFY(!event.isAccepted());
        }
    }

    void hoveringTellsTheValue() {
        QSignalSpy hovered(parts().grid(), &MapGrid::cellHovered);
        QSignalSpy left(parts().grid(), &MapGrid::hoverLeft);
        const QRect rect = parts().grid()->channelRect(3);
        QTest::mouseMove(parts().grid()->viewport(), rect.bottomRight());
        QTRY_COMPARE(hovered.size(), 1);
        QCOMPARE(hovered[0][0].toInt(), 3);
        const FeatureShape& shape = m_workspace->activations().output(m_workspace->currentStep())->shape();
        QCOMPARE(hovered[0][1].value<Cell>(), (Cell{shape.height - 1, shape.width - 1}));
        QTest::mouseMove(parts().grid()->viewport(), rect.bottomRight() + QPoint(2, 2));
        QTRY_COMPARE(left.size(), 1);
    }

    void sortingChangesPlacesNotTheSelection() {
        m_workspace->selectChannel(3);
        const FeatureMaps& maps = *m_workspace->activations().output(m_workspace->currentStep());
        parts().controls()->setSortKey(SortKey::Deviation);
        QCOMPARE(m_workspace->channel(), 3);
        const std::vector<Statistics> statistics = channelStatistics(maps);
        const auto most =
            std::ranges::max_element(statistics, {}, &Statistics::deviation) - statistics.begin();
        const QRect first = parts().grid()->channelRect(int(most));
        for (int c = 0; c < 8; ++c)
            QVERIFY(parts().grid()->channelRect(c).left() >= first.left());

        parts().controls()->setSortKey(SortKey::Similarity);
        for (int c = 0; c < 8; ++c)
            QVERIFY(parts().grid()->channelRect(3).left() <= parts().grid()->channelRect(c).left());
    }

    void theFilterHidesChannels() {
        auto* edit = filterEdit();
        QTest::keyClicks(edit, QStringLiteral("2-4"));
        QVERIFY(parts().grid()->channelRect(1).isNull());
        QVERIFY(!parts().grid()->channelRect(3).isNull());
        QTest::keyClicks(edit, QStringLiteral("x"));
        QVERIFY(parts().grid()->channelRect(3).isNull());
        edit->clear();
        QVERIFY(!parts().grid()->channelRect(0).isNull());
    }

    void theGridKeepsItsPlace() {
        goTo("layer2.0.bn1");
        m_panel->resize(700, 160);
        QCoreApplication::processEvents();
        QScrollBar* bar = parts().grid()->verticalScrollBar();
        QVERIFY(bar->maximum() > 0);
        bar->setValue(bar->maximum() / 2);
        const int place = bar->value();
        goTo("layer2.0.relu1");
        QCOMPARE(bar->value(), place);
        m_workspace->selectChannel(95);
        QVERIFY(parts().grid()->viewport()->rect().contains(parts().grid()->channelRect(95)));
        parts().controls()->setSortKey(SortKey::Maximum);
        QCOMPARE(bar->value(), 0);
    }

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
        const ResidualUnit& projection = *graph.unit(1, 0);
        QCOMPARE(*lens->valuesAt({1, 1})[0], activations.output(projection.shortcutOutput())->at(6, 1, 1));
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
        parts().controls()->setSortKey(SortKey::Deviation);
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
        // In stem and head there is no unit.
        goTo("conv1");
        QVERIFY(grid->channelRect(2).isNull());
        QVERIFY(!m_panel->grab().isNull());
    }

    void aPointedCellIsFollowedByEveryView() {
        const FeatureShape shape = m_workspace->model()->graph().outputShape(m_workspace->currentStep());
        const QRect rect = parts().grid()->channelRect(3);
        QTest::mouseMove(parts().grid()->viewport(), rect.bottomRight());
        QTRY_COMPARE(m_workspace->pointedCell().in(shape),
                     std::optional(Cell{shape.height - 1, shape.width - 1}));
        // The other way: a cell pointed at elsewhere is read in the detail.
        auto* readout = shown<CellReadout>();
        m_workspace->pointedCell().pointAt({2, 3}, shape);
        QVERIFY(readout->accessibleDescription().startsWith(QStringLiteral("Row 2, column 3")));
        m_workspace->pointedCell().leave();
        QVERIFY(readout->accessibleDescription().startsWith(QStringLiteral("Whole channel")));
    }

    void theScaleOfTheMapsIsWrittenBesideThem() {
        goTo("layer1.0.relu1");
        auto* strip = m_panel->findChild<ScaleStrip*>(QStringLiteral("mapsScale"));
        QTRY_VERIFY(strip->isVisible());
        QVERIFY2(strip->accessibleDescription().startsWith(QStringLiteral("from −")),
                 qPrintable(strip->accessibleDescription()));
        parts().controls()->setScaleScope(ScaleScope::Channel);
        QTRY_VERIFY(!strip->isVisible());
        parts().controls()->setScaleScope(ScaleScope::Step);
        QTRY_VERIFY(strip->isVisible());
        m_panel->choose(QStringLiteral("steps"));
        QTRY_VERIFY(!strip->isVisible());
    }

    void anEmptyViewSaysNothingOfClicks() {
        m_panel->choose(ViewSettings::unitMaps);
        goTo("layer1.0.add");
        QTRY_VERIFY(overviewText().contains(QStringLiteral("A click selects")));
        goTo("avgpool");
        QTRY_VERIFY(!overviewText().contains(QStringLiteral("A click selects")));
    }

    void valuesThatAreNotFiniteAreCountedAndNamed() {
        const ModelPtr damaged = damagedModel();
        m_workspace->setModel(damaged);
        QTRY_VERIFY(m_workspace->model() == damaged && !m_workspace->isBusy());
        goTo("layer1.0.bn2");
        const FeatureShape shape = m_workspace->model()->graph().outputShape(m_workspace->currentStep());
        QVERIFY(overviewText().contains(QStringLiteral("%1 NaN, %1 infinite").arg(shape.pixels())));
        QVERIFY(m_panel->findChild<ScaleStrip*>(QStringLiteral("mapsScale"))->isVisible());
        m_workspace->selectChannel(1);
        QVERIFY(shown<CellReadout>()->accessibleDescription().contains(QStringLiteral("NaN")));
        filterEdit()->setText(QStringLiteral("nan"));
        QVERIFY(!parts().grid()->channelRect(1).isNull() && !parts().grid()->channelRect(2).isNull());
        QVERIFY(parts().grid()->channelRect(0).isNull());
        filterEdit()->clear();
        for (const ViewEntry& entry : activationViews()) {
            m_panel->choose(entry.key);
            QCOMPARE(m_workspace->settings().panelView, entry.key);
            QVERIFY(!m_panel->grab().isNull());
        }
        m_panel->choose(ViewSettings::maps);
        goTo("layer1.0.relu1");
        const int dead =
            deadChannels(channelStatistics(*m_workspace->activations().output(m_workspace->currentStep())));
        QVERIFY(dead >= 1);
        QVERIFY(overviewText().contains(QStringLiteral("%1 dead").arg(dead)));
        // All that follows is not a number: nothing falls over.
        for (StepId step = inputStep; step < m_workspace->model()->graph().stepCount(); ++step) {
            m_workspace->goToStep(step);
            QVERIFY(!m_panel->grab().isNull());
        }
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

    void vectorsAreBars() {
        goTo("softmax");
        QVERIFY(parts().bars()->isVisible());
        QTest::mouseClick(parts().bars(), Qt::LeftButton, {}, parts().bars()->slotOf(2).center().toPoint());
        QCOMPARE(m_workspace->channel(), 2);
        QTest::keyClick(parts().bars(), Qt::Key_Down);
        QCOMPARE(m_workspace->channel(), 3);
        goTo("layer1.0.bn1");
        QVERIFY(parts().grid()->isVisible());
    }

    void theInputHasThreeMaps() {
        m_workspace->goToStep(inputStep);
        QVERIFY(!parts().grid()->channelRect(2).isNull());
        QVERIFY(parts().grid()->channelRect(3).isNull());
    }

    void whatIsNotComputedIsEmpty() {
        m_workspace->restart();
        m_workspace->goToStep(inputStep);
        QVERIFY(!m_workspace->activations().has(0));
        QVERIFY(!parts().grid()->channelRect(0).isNull());
        goTo("layer1.0.conv1");
        QTRY_COMPARE(m_workspace->model()->graph().stepName(m_workspace->currentStep()), "layer1.0.conv1");
        m_panel->choose(ViewSettings::unitMaps);
        const auto values = shown<UnitLens>()->valuesAt({0, 0});
        QVERIFY(values[0].has_value());
        QVERIFY(!values[1].has_value());
        QVERIFY(!m_panel->grab().isNull());
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

    void otherThemesAndScalesArePainted() {
        for (Theme::Kind kind : {Theme::Kind::Light, Theme::Kind::Dark, Theme::Kind::Print}) {
            m_workspace->setThemeKind(kind);
            for (ScaleScope scope :
                 {ScaleScope::Channel, ScaleScope::Step, ScaleScope::Unit, ScaleScope::Network}) {
                parts().controls()->setScaleScope(scope);
                QVERIFY(!m_panel->grab().isNull());
            }
        }
    }
};

RESNET_WINDOW_TEST(WorkbenchViewsTest)
#include "WorkbenchViewsTest.moc"
