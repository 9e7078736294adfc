#include "core/explain/ClassActivation.h"
#include "tests/TestPrograms.h"
#include "ui/activations/CellReadout.h"
#include "ui/activations/ColumnChartView.h"
#include "ui/activations/EnlargedMap.h"
#include "ui/activations/FeatureMapsPanel.h"
#include "ui/activations/MapGrid.h"
#include "ui/activations/ScaleStrip.h"
#include "ui/activations/UnitGrid.h"
#include "ui/activations/UnitLens.h"
#include "ui/activations/VectorBars.h"
#include "ui/activations/WeightsView.h"

#include <QLabel>
#include <QLineEdit>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>

#include <limits>

using namespace resnet;
using namespace resnet::ui;

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

class FeatureMapsPanelTest : public QObject {
    Q_OBJECT

    std::unique_ptr<Workspace> m_workspace;
    std::unique_ptr<FeatureMapsPanel> m_panel;

    void goTo(const char* step) { m_workspace->goToStep(*m_workspace->model()->graph().find(step)); }
    QPoint middleOf(int channel) const { return m_panel->grid()->channelRect(channel).center(); }
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
        m_panel = std::make_unique<FeatureMapsPanel>(*m_workspace);
        m_panel->resize(1200, 250);
        m_panel->show();
        QSignalSpy reset(m_workspace.get(), &Workspace::activationsReset);
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
        QTest::mouseClick(m_panel->grid()->viewport(), Qt::LeftButton, {}, middleOf(5));
        QCOMPARE(m_workspace->channel(), 5);
        // Between the maps nothing happens.
        QTest::mouseClick(m_panel->grid()->viewport(), Qt::LeftButton, {},
                          m_panel->grid()->channelRect(2).topRight() + QPoint(2, 5));
        QCOMPARE(m_workspace->channel(), 5);
    }

    void arrowKeysMoveOverChannels() {
        m_workspace->selectChannel(0);
        QTest::keyClick(m_panel->grid(), Qt::Key_Right);
        QTest::keyClick(m_panel->grid(), Qt::Key_Right);
        QCOMPARE(m_workspace->channel(), 2);
        QTest::keyClick(m_panel->grid(), Qt::Key_Left);
        QCOMPARE(m_workspace->channel(), 1);
        QTest::keyClick(m_panel->grid(), Qt::Key_Left);
        QTest::keyClick(m_panel->grid(), Qt::Key_Left);
        QCOMPARE(m_workspace->channel(), 0);
        goTo("layer2.0.bn1");
        m_panel->resize(400, 250);
        QCoreApplication::processEvents();
        const int columns = m_panel->grid()->gridLayout().columns();
        QVERIFY(columns < 96);
        QTest::keyClick(m_panel->grid(), Qt::Key_Down);
        QCOMPARE(m_workspace->channel(), columns);
        QTest::keyClick(m_panel->grid(), Qt::Key_Up);
        QCOMPARE(m_workspace->channel(), 0);
    }

    void keysOfTheWindowAreLeftToIt() {
        for (int key : {Qt::Key_PageDown, Qt::Key_PageUp, Qt::Key_Home, Qt::Key_End, Qt::Key_Space}) {
            QKeyEvent event(QEvent::KeyPress, key, Qt::NoModifier);
            QCoreApplication::sendEvent(m_panel->grid(), &event);
            QVERIFY(!event.isAccepted());
        }
    }

    void hoveringTellsTheValue() {
        QSignalSpy hovered(m_panel->grid(), &MapGrid::cellHovered);
        QSignalSpy left(m_panel->grid(), &MapGrid::hoverLeft);
        const QRect rect = m_panel->grid()->channelRect(3);
        QTest::mouseMove(m_panel->grid()->viewport(), rect.bottomRight());
        QTRY_COMPARE(hovered.size(), 1);
        QCOMPARE(hovered[0][0].toInt(), 3);
        const FeatureShape& shape = m_workspace->activations().output(m_workspace->currentStep())->shape();
        QCOMPARE(hovered[0][1].value<Cell>(), (Cell{shape.height - 1, shape.width - 1}));
        QTest::mouseMove(m_panel->grid()->viewport(), rect.bottomRight() + QPoint(2, 2));
        QTRY_COMPARE(left.size(), 1);
    }

    void sortingChangesPlacesNotTheSelection() {
        m_workspace->selectChannel(3);
        const FeatureMaps& maps = *m_workspace->activations().output(m_workspace->currentStep());
        m_panel->controls()->setSortKey(SortKey::Deviation);
        QCOMPARE(m_workspace->channel(), 3);
        const std::vector<Statistics> statistics = channelStatistics(maps);
        const auto most =
            std::ranges::max_element(statistics, {}, &Statistics::deviation) - statistics.begin();
        const QRect first = m_panel->grid()->channelRect(int(most));
        for (int c = 0; c < 8; ++c)
            QVERIFY(m_panel->grid()->channelRect(c).left() >= first.left());

        m_panel->controls()->setSortKey(SortKey::Similarity);
        for (int c = 0; c < 8; ++c)
            QVERIFY(m_panel->grid()->channelRect(3).left() <= m_panel->grid()->channelRect(c).left());
    }

    void theFilterHidesChannels() {
        auto* edit = m_panel->findChild<QLineEdit*>();
        QTest::keyClicks(edit, QStringLiteral("2-4"));
        QVERIFY(m_panel->grid()->channelRect(1).isNull());
        QVERIFY(!m_panel->grid()->channelRect(3).isNull());
        QTest::keyClicks(edit, QStringLiteral("x"));
        QVERIFY(m_panel->grid()->channelRect(3).isNull());
        edit->clear();
        QVERIFY(!m_panel->grid()->channelRect(0).isNull());
    }

    void theGridKeepsItsPlace() {
        goTo("layer2.0.bn1");
        m_panel->resize(700, 160);
        QCoreApplication::processEvents();
        QScrollBar* bar = m_panel->grid()->verticalScrollBar();
        QVERIFY(bar->maximum() > 0);
        bar->setValue(bar->maximum() / 2);
        const int place = bar->value();
        goTo("layer2.0.relu1");
        QCOMPARE(bar->value(), place);
        m_workspace->selectChannel(95);
        QVERIFY(m_panel->grid()->viewport()->rect().contains(m_panel->grid()->channelRect(95)));
        m_panel->controls()->setSortKey(SortKey::Maximum);
        QCOMPARE(bar->value(), 0);
    }

    void theLensShowsTheFourTerms() {
        const auto* lens = m_panel->findChild<UnitLens*>();
        QVERIFY(lens->isVisible());
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
        m_panel->setView(FeatureMapsPanel::View::Unit);
        QCoreApplication::processEvents();
        MapGrid* grid = m_panel->unitGrid()->grid();
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
        QTest::mouseClick(m_panel->unitGrid(), Qt::LeftButton, {},
                          m_panel->unitGrid()->titleRect(3).center().toPoint());
        QCOMPARE(m_workspace->model()->graph().stepName(m_workspace->currentStep()), "layer1.0.relu2");
    }

    void theUnitsGridFollowsTheOrder() {
        m_panel->setView(FeatureMapsPanel::View::Unit);
        m_panel->controls()->setSortKey(SortKey::Deviation);
        const Graph& graph = m_workspace->model()->graph();
        // The current step is none of the four: F(x) says the order.
        const std::vector<Statistics> statistics =
            channelStatistics(*m_workspace->activations().output(*graph.find("layer1.0.bn2")));
        const auto most =
            int(std::ranges::max_element(statistics, {}, &Statistics::deviation) - statistics.begin());
        MapGrid* grid = m_panel->unitGrid()->grid();
        for (int c = 0; c < 8; ++c) {
            QVERIFY(grid->channelRect(c).top() >= grid->channelRect(most).top());
            QVERIFY(grid->channelRect(c).left() >= grid->channelRect(most).left() ||
                    grid->channelRect(c).top() > grid->channelRect(most).top());
        }
        m_panel->findChild<QLineEdit*>()->setText(QStringLiteral("2-4"));
        QVERIFY(grid->channelRect(1).isNull() && !grid->channelRect(2).isNull());
        // In stem and head there is no unit.
        goTo("conv1");
        QVERIFY(grid->channelRect(2).isNull());
        QVERIFY(!m_panel->grab().isNull());
    }

    void aPointedCellIsFollowedByEveryView() {
        const FeatureShape shape = m_workspace->model()->graph().outputShape(m_workspace->currentStep());
        const QRect rect = m_panel->grid()->channelRect(3);
        QTest::mouseMove(m_panel->grid()->viewport(), rect.bottomRight());
        QTRY_COMPARE(m_workspace->pointedCell().in(shape),
                     std::optional(Cell{shape.height - 1, shape.width - 1}));
        // The other way: a cell pointed at elsewhere is read in the detail.
        auto* readout = m_panel->findChild<CellReadout*>();
        m_workspace->pointedCell().pointAt({2, 3}, shape);
        QVERIFY(readout->accessibleDescription().startsWith(QStringLiteral("Row 2, column 3")));
        m_workspace->pointedCell().leave();
        QVERIFY(readout->accessibleDescription().startsWith(QStringLiteral("layer1.0.bn1, whole channel")));
    }

    void theScaleOfTheMapsIsWrittenBesideThem() {
        goTo("layer1.0.relu1");
        auto* strip = m_panel->findChild<ScaleStrip*>(QStringLiteral("mapsScale"));
        QTRY_VERIFY(strip->isVisible());
        QVERIFY2(strip->accessibleDescription().startsWith(QStringLiteral("from 0 to")),
                 qPrintable(strip->accessibleDescription()));
        m_panel->controls()->setScaleScope(ScaleScope::Channel);
        QTRY_VERIFY(!strip->isVisible());
        m_panel->controls()->setScaleScope(ScaleScope::Step);
        QTRY_VERIFY(strip->isVisible());
        m_panel->setView(FeatureMapsPanel::View::Steps);
        QTRY_VERIFY(!strip->isVisible());
    }

    void anEmptyViewSaysNothingOfClicks() {
        m_panel->setView(FeatureMapsPanel::View::Unit);
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
        QVERIFY(m_panel->findChild<CellReadout*>()->accessibleDescription().contains(QStringLiteral("NaN")));
        m_panel->findChild<QLineEdit*>()->setText(QStringLiteral("nan"));
        QVERIFY(!m_panel->grid()->channelRect(1).isNull() && !m_panel->grid()->channelRect(2).isNull());
        QVERIFY(m_panel->grid()->channelRect(0).isNull());
        m_panel->findChild<QLineEdit*>()->clear();
        for (const FeatureMapsPanel::View view :
             {FeatureMapsPanel::View::Maps, FeatureMapsPanel::View::Unit, FeatureMapsPanel::View::Steps,
              FeatureMapsPanel::View::Units, FeatureMapsPanel::View::Weights}) {
            m_panel->setView(view);
            QVERIFY(!m_panel->grab().isNull());
        }
        m_panel->setView(FeatureMapsPanel::View::Maps);
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
        const auto* lens = m_panel->findChild<UnitLens*>();
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
        auto* lens = m_panel->findChild<UnitLens*>();
        const QRect tile = lens->map(1).geometry();
        QTest::mouseClick(lens, Qt::LeftButton, {}, QPoint(tile.center().x(), lens->height() - 8));
        QCOMPARE(m_workspace->model()->graph().stepName(m_workspace->currentStep()), "layer1.0.bn2");
    }

    void vectorsAreBars() {
        goTo("softmax");
        QVERIFY(m_panel->bars()->isVisible());
        QTest::mouseClick(m_panel->bars(), Qt::LeftButton, {}, m_panel->bars()->slotOf(2).center().toPoint());
        QCOMPARE(m_workspace->channel(), 2);
        QTest::keyClick(m_panel->bars(), Qt::Key_Down);
        QCOMPARE(m_workspace->channel(), 3);
        goTo("layer1.0.bn1");
        QVERIFY(m_panel->grid()->isVisible());
    }

    void theInputHasThreeMaps() {
        m_workspace->goToStep(inputStep);
        QVERIFY(!m_panel->grid()->channelRect(2).isNull());
        QVERIFY(m_panel->grid()->channelRect(3).isNull());
    }

    void whatIsNotComputedIsEmpty() {
        m_workspace->restart();
        m_workspace->goToStep(inputStep);
        QVERIFY(!m_workspace->activations().has(0));
        QVERIFY(!m_panel->grid()->channelRect(0).isNull());
        goTo("layer1.0.conv1");
        QTRY_COMPARE(m_workspace->model()->graph().stepName(m_workspace->currentStep()), "layer1.0.conv1");
        const auto values = m_panel->findChild<UnitLens*>()->valuesAt({0, 0});
        QVERIFY(values[0].has_value());
        QVERIFY(!values[1].has_value());
        QVERIFY(!m_panel->grab().isNull());
    }

    void chartsLeadToStepsAndUnits() {
        m_panel->setView(FeatureMapsPanel::View::Steps);
        QCoreApplication::processEvents();
        ColumnChartView* chart = m_panel->chart();
        QVERIFY(chart->isVisible());
        QTest::mouseClick(chart, Qt::LeftButton, {}, chart->columnRect(7).center().toPoint());
        QCOMPARE(m_workspace->currentStep(), 7);
        QTest::keyClick(chart, Qt::Key_Right);
        QCOMPARE(m_workspace->currentStep(), 8);

        m_panel->setView(FeatureMapsPanel::View::Units);
        QTest::mouseClick(chart, Qt::LeftButton, {}, chart->columnRect(2).center().toPoint());
        QCOMPARE(m_workspace->model()->graph().stepName(m_workspace->currentStep()), "layer2.1.bn2");
        QTest::keyClick(chart, Qt::Key_Left);
        QCOMPARE(m_workspace->model()->graph().stepName(m_workspace->currentStep()), "layer2.0.bn2");
    }

    void weightsOfEveryKindAreShown() {
        m_panel->setView(FeatureMapsPanel::View::Weights);
        goTo("conv1");
        MapGrid* kernels = m_panel->weights()->kernels();
        QVERIFY(kernels->isVisible());
        QTest::mouseClick(kernels->viewport(), Qt::LeftButton, {}, kernels->channelRect(6).center());
        QCOMPARE(m_workspace->channel(), 6);
        goTo("layer2.0.conv1");
        QVERIFY(!kernels->channelRect(7).isNull());
        QVERIFY(kernels->channelRect(8).isNull());  // eight input channels

        goTo("layer1.0.relu1");  // the nearest with weights is the batch norm
        auto* chart = m_panel->weights()->findChild<ColumnChartView*>();
        QVERIFY(chart->isVisible());
        QTest::mouseClick(chart, Qt::LeftButton, {}, chart->columnRect(3).center().toPoint());
        QCOMPARE(m_workspace->channel(), 3);
        goTo("softmax");
        QVERIFY(m_panel->weights()->findChild<VectorBars*>()->isVisible());
    }

    void aClassTellsWhatAddsMostToIt() {
        goTo("fc");
        m_workspace->selectChannel(1);
        VectorBars* bars = nullptr;
        for (VectorBars* each : m_panel->findChildren<VectorBars*>())
            if (each->isVisible() && each != m_panel->bars())
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

    // Every theme and every scope of the scale gives another picture of the same maps.
    void themesAndScalesChangeThePicture() {
        goTo("layer1.0.relu1");
        const auto pictureOf = [&](Theme::Kind kind, ScaleScope scope) {
            m_workspace->setThemeKind(kind);
            m_panel->controls()->setScaleScope(scope);
            return m_panel->grid()->grab().toImage();
        };
        for (const Theme::Kind kind : {Theme::Kind::Light, Theme::Kind::Dark, Theme::Kind::Print}) {
            const QImage byChannel = pictureOf(kind, ScaleScope::Channel);
            QVERIFY(byChannel != pictureOf(kind, ScaleScope::Step));
            QVERIFY(byChannel != pictureOf(kind, ScaleScope::Network));
            QCOMPARE(pictureOf(kind, ScaleScope::Channel), byChannel);
        }
        QVERIFY(pictureOf(Theme::Kind::Light, ScaleScope::Channel) !=
                pictureOf(Theme::Kind::Dark, ScaleScope::Channel));
    }
};

RESNET_WINDOW_TEST(FeatureMapsPanelTest)
#include "FeatureMapsPanelTest.moc"
