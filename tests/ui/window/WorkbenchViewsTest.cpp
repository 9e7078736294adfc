#include "tests/TestPrograms.h"
#include "tests/ui/Painted.h"
#include "tests/ui/window/ShownViews.h"
#include "ui/activations/CellReadout.h"
#include "ui/activations/ScaleStrip.h"
#include "ui/activations/VectorBars.h"

#include <QScrollBar>

using namespace resnet;
using namespace resnet::ui;
using namespace resnet::ui::test;

// The maps of a step: grid, order, filter, scale, bars.
class WorkbenchViewsTest : public ShownViews {
    Q_OBJECT
private Q_SLOTS:
    void init() { open(); }
    void cleanup() { close(); }

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
        m_workspace->selectChannel(0);  // every stage has its own
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
        parts().controls()->setSortKey(SortKey::StandardDeviation);
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
        QList<QImage> seen;
        for (const ViewEntry& entry : activationViews()) {
            m_panel->choose(entry.key);
            QCOMPARE(m_workspace->settings().panelView, entry.key);
            seen << seenOf(*m_panel);
            QVERIFY2(seen.indexOf(seen.last()) == seen.size() - 1, qPrintable(entry.key));
        }
        m_panel->choose(ViewSettings::maps);
        goTo("layer1.0.relu1");
        const int dead =
            deadChannels(channelStatistics(*m_workspace->activations().output(m_workspace->currentStep())));
        QVERIFY(dead >= 1);
        QVERIFY(overviewText().contains(QStringLiteral("%1 dead").arg(dead)));
        // All that follows is not a number: nothing falls over, and something is seen of it.
        for (StepId step = inputStep; step < m_workspace->model()->graph().stepCount(); ++step) {
            m_workspace->goToStep(step);
            QWidget& maps = parts().grid()->isVisible() ? *parts().grid()->viewport()
                                                        : static_cast<QWidget&>(*parts().bars());
            QVERIFY(maps.isVisible() && inkWithin(seenOf(maps), maps.rect()) > 0);
        }
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
        const QImage incomplete = seenOf(*m_panel);
        m_workspace->computeAll();
        QTRY_VERIFY(shown<UnitLens>()->valuesAt({0, 0})[1].has_value());
        QVERIFY(seenOf(*m_panel) != incomplete);
    }

    // The same maps are another picture on another scale and in another theme, and the same one again.
    void themesAndScalesChangeThePicture() {
        goTo("layer1.0.relu1");
        const auto seenWith = [&](Theme::Kind kind, ScaleScope scope) {
            m_workspace->setThemeKind(kind);
            parts().controls()->setScaleScope(scope);
            return seenOf(*parts().grid());
        };
        for (const Theme::Kind kind : {Theme::Kind::Light, Theme::Kind::Dark, Theme::Kind::Print}) {
            const QImage byChannel = seenWith(kind, ScaleScope::Channel);
            const QImage byStep = seenWith(kind, ScaleScope::Step);
            const QImage byUnit = seenWith(kind, ScaleScope::Unit);
            const QImage byNetwork = seenWith(kind, ScaleScope::Network);
            QVERIFY(byChannel != byStep && byStep != byUnit && byUnit != byNetwork);
            QCOMPARE(seenWith(kind, ScaleScope::Channel), byChannel);
        }
        QVERIFY(seenWith(Theme::Kind::Light, ScaleScope::Channel) !=
                seenWith(Theme::Kind::Dark, ScaleScope::Channel));
    }
};

RESNET_WINDOW_TEST(WorkbenchViewsTest)
#include "WorkbenchViewsTest.moc"
