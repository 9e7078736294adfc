#include "core/experiments/EditSweep.h"
#include "core/inference/Executor.h"
#include "tests/TestPrograms.h"
#include "tests/ui/Painted.h"
#include "tests/ui/SmallNetwork.h"
#include "ui/experiments/BeforeAfterMaps.h"
#include "ui/experiments/EditsBadge.h"
#include "ui/experiments/EditsFoot.h"
#include "ui/experiments/GainSlider.h"
#include "ui/experiments/LesionChartView.h"
#include "ui/experiments/UnitControls.h"
#include "ui/experiments/WhatIfView.h"
#include "ui/workspace/HistoryKeeper.h"

#include <QFile>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QTemporaryDir>
#include <QtTest>

using namespace resnet;
using namespace resnet::ui;
using namespace resnet::ui::test;

namespace {

using Part = LesionChart::Part;

const UnitId here{1, 1};

QPoint at(const GainSlider& slider, float gain) {
    return {int(std::lround(slider.positionOf(gain))), slider.height() / 2};
}

}  // namespace

class WhatIfViewTest : public QObject {
    Q_OBJECT
    std::unique_ptr<Workspace> m_workspace;
    std::unique_ptr<WhatIfView> m_view;
    QList<Notice> m_notices;

    void open(const ModelRequest& request) {
        m_workspace->createModel(request);
        m_workspace->setPicture(gradientPicture());
        QTRY_VERIFY(m_workspace->session().isComputed() && !m_workspace->isBusy());
    }
    void goTo(const char* step) {
        m_workspace->goToStep(*m_workspace->model()->graph().find(step));
        QCoreApplication::processEvents();
    }
    bool isWith(const Edits& edits) const { return m_workspace->edits() == edits && !m_workspace->isBusy(); }
    QPushButton* button(const QString& text) const {
        for (QPushButton* each : m_view->findChildren<QPushButton*>())
            if (each->text().startsWith(text))
                return each;
        qFatal("no button %s", qPrintable(text));
    }
    void press(const QString& text) {
        QVERIFY2(button(text)->isVisible() && button(text)->isEnabled(), qPrintable(text));
        QTest::mouseClick(button(text), Qt::LeftButton);
    }
    QAction* inMenuOf(const QString& text, int index) {
        QMenu* menu = button(text)->menu();
        Q_EMIT menu->aboutToShow();
        return menu->actions().value(index);
    }
    UnitEdit edit() const { return m_workspace->edits().of(here); }

private Q_SLOTS:
    void init() {
        m_notices.clear();
        m_workspace = std::make_unique<Workspace>(2);
        connect(m_workspace.get(), &Workspace::noticePosted, this,
                [this](const Notice& notice) { m_notices << notice; });
        open(smallRequest());
        goTo("layer2.1.add");
        m_view = std::make_unique<WhatIfView>(*m_workspace);
        m_view->resize(760, 400);
        m_view->show();
    }
    void cleanup() {
        m_view.reset();
        m_workspace.reset();
    }

    // Live while it is dragged, and one entry of undo.
    void draggingASliderWeighsTheWay() {
        GainSlider* slider = m_view->controls()->mainPathSlider();
        QTest::mousePress(slider, Qt::LeftButton, {}, at(*slider, 1.0f));
        std::set<float> seen;
        for (const float gain : {0.5f, -0.5f, 0.0f}) {
            QTest::mouseMove(slider, at(*slider, gain));
            QTRY_VERIFY(m_workspace->edits() == m_workspace->editsAskedFor() && !m_workspace->isBusy());
            seen.insert(edit().mainPathGain);
        }
        QCOMPARE(seen.size(), std::size_t(3));
        QTest::mouseRelease(slider, Qt::LeftButton, {}, at(*slider, 0.0f));
        QVERIFY(isWith(withoutMainPath(here)));  // the tick attracts the handle
        QCOMPARE(m_view->title(), QStringLiteral("Stage 2, unit 2"));
        QVERIFY(m_view->subtitle().startsWith(QStringLiteral("F(x) is switched off")));
        QTRY_VERIFY(button(QStringLiteral("Undo"))->isEnabled());
        press(QStringLiteral("Undo"));
        QTRY_VERIFY(isWith({}));
        QCOMPARE(slider->value(), 100);
    }

    // The step is another one while the button is held down: what follows is in the history again.
    void aDragEndsWhereThereIsNothingToDrag() {
        GainSlider* slider = m_view->controls()->mainPathSlider();
        QTest::mousePress(slider, Qt::LeftButton, {}, at(*slider, 0.0f));
        QTRY_VERIFY(isWith(withoutMainPath(here)));
        m_workspace->goToFirst();
        QVERIFY(!slider->isVisible() && !slider->isSliderDown());
        QTRY_VERIFY(m_workspace->history().undoable());
        m_workspace->history().undo();
        QTRY_VERIFY(isWith({}));
    }

    void keysAndADoubleClickSetASlider() {
        GainSlider* slider = m_view->controls()->shortcutSlider();
        slider->setFocus();
        QTest::keyClick(slider, Qt::Key_0);
        QTRY_VERIFY(isWith(withoutShortcut(here)));
        QTest::keyClick(slider, Qt::Key_1);
        QTRY_VERIFY(isWith({}));
        QTest::keyClick(slider, Qt::Key_Left);
        QTRY_COMPARE(edit().shortcutGain, 0.95f);
        QTest::mouseDClick(slider, Qt::LeftButton, {}, at(*slider, -1.0f));
        QTRY_VERIFY(isWith({}));
        QCOMPARE(slider->value(), 100);
    }

    // A gain that no handle stands for is shown, and stays what it is.
    void gainsBeyondTheSliderStay() {
        const Edits edits = editsFrom("layer2.1:F=7.25", m_workspace->model()->graph());
        m_workspace->setEdits(edits);
        QTRY_VERIFY(isWith(edits));
        QCOMPARE(m_view->controls()->mainPathSlider()->value(), 200);
        QVERIFY(m_view->subtitle().contains(QStringLiteral("7.25")));
        QVERIFY(isWith(edits));
    }

    void weightsAreTakenSwappedAndStartedAnew() {
        goTo("layer2.1.add");
        press(QStringLiteral("Reinitialise"));
        QTRY_COMPARE(edit().weights, UnitWeights(NewWeights{1}));
        press(QStringLiteral("Reinitialise"));
        QTRY_COMPARE(edit().weights, UnitWeights(NewWeights{2}));
        QTRY_VERIFY(!m_workspace->isBusy());
        QVERIFY(m_view->subtitle().contains(QStringLiteral("seed 2")));
        // Its stage has but a unit of other shapes: it can only have its own back.
        QVERIFY(!button(QStringLiteral("Swap with"))->isEnabled());
        QVERIFY(!button(QStringLiteral("Swap with"))->toolTip().isEmpty());
        inMenuOf(QStringLiteral("Use weights of"), 1)->trigger();
        QTRY_VERIFY(isWith({}));

        ModelRequest deep = smallRequest();
        deep.unitsPerStage = {1, 4};
        open(deep);
        QTRY_COMPARE(m_workspace->model()->graph().units().size(), std::size_t(5));
        goTo("layer2.1.add");
        inMenuOf(QStringLiteral("Use weights of"), 0)->trigger();
        QTRY_COMPARE(edit().weights, UnitWeights(WeightsOf{{1, 2}}));
        inMenuOf(QStringLiteral("Swap with"), 1)->trigger();
        QTRY_VERIFY(isWith(
            editsFrom("layer2.1:weights=layer2.3,layer2.3:weights=layer2.2", m_workspace->model()->graph())));
    }

    void theChartSwitchesEveryWayOffAlone() {
        m_workspace->setEdits(withoutMainPath({0, 0}));  // does not count in the chart
        QTRY_VERIFY(isWith(withoutMainPath({0, 0})));
        press(QStringLiteral("Chart all 3 units"));
        QTRY_VERIFY(m_view->sweep().results());
        QVERIFY(m_view->chart()->isVisible());
        Executor executor(m_workspace->model()->network, 2);
        const Graph& graph = m_workspace->model()->graph();
        for (std::size_t i = 0; i < graph.units().size(); ++i)
            for (const bool isMainPath : {true, false}) {
                const UnitId id = idOf(graph.units()[i]);
                Run run = executor.start(m_workspace->activations().input(),
                                         isMainPath ? withoutMainPath(id) : withoutShortcut(id));
                executor.run(run);
                const auto& results = *m_view->sweep().results();
                QCOMPARE((isMainPath ? results.mainPaths : results.shortcuts)[i].probabilities,
                         predictionOf(run).probabilities);
            }
        QVERIFY(m_view->chart()->chart().columns[0].mainPath.isOff);
        QCOMPARE(m_view->chart()->chart().columns[1].changesX, true);
    }

    void aClickOnAColumnSwitchesThatWay() {
        press(QStringLiteral("Chart all 3 units"));
        QTRY_VERIFY(m_view->sweep().results());
        LesionChartView* chart = m_view->chart();
        const auto click = [&](int unit, Part part) {
            QTest::mouseClick(chart, Qt::LeftButton, {}, chart->slotOf({unit, part}).center().toPoint());
        };
        click(2, Part::Shortcut);
        QTRY_VERIFY(isWith(withoutShortcut(here)));
        QVERIFY(chart->chart().columns[2].shortcut.isOff);
        QCOMPARE(m_view->controls()->shortcutSlider()->value(), 0);
        click(0, Part::MainPath);
        QTRY_VERIFY(isWith(withMainPathToggled(withoutShortcut(here), {0, 0})));
        click(2, Part::Shortcut);
        QTRY_VERIFY(isWith(withoutMainPath({0, 0})));
        chart->setFocus();
        QTest::keyClick(chart, Qt::Key_Left);  // from where the mouse was
        QTest::keyClick(chart, Qt::Key_Right);
        QTest::keyClick(chart, Qt::Key_Return);
        QTRY_VERIFY(m_workspace->edits() != withoutMainPath({0, 0}) && !m_workspace->isBusy());
    }

    void theChartCanBeCancelledAndGoesWithItsPicture() {
        press(QStringLiteral("Chart all 3 units"));
        QVERIFY(m_view->sweep().isRunning());
        press(QStringLiteral("Cancel"));
        QVERIFY(!m_view->sweep().isRunning());
        QTest::qWait(100);  // nothing comes in later
        QVERIFY(!m_view->sweep().results());
        press(QStringLiteral("Chart all 3 units"));
        QTRY_VERIFY(m_view->sweep().results());
        m_workspace->setEdits(withoutMainPath(here));
        QTRY_VERIFY(isWith(withoutMainPath(here)));
        QVERIFY(m_view->sweep().results());  // it is of the network without edits
        m_workspace->setPicture(pictureFrom(gradient(64, 80), QStringLiteral("other")));
        QTRY_COMPARE(m_workspace->picture()->name, QStringLiteral("other"));
        QVERIFY(!m_view->sweep().results());
        QVERIFY(button(QStringLiteral("Chart all 3 units"))->isVisible());
    }

    void theMapsStandOnOneScale() {
        m_workspace->setEdits(withoutShortcut(here));
        QTRY_VERIFY(isWith(withoutShortcut(here)));
        BeforeAfterMaps* maps = m_view->maps();
        const StepId output = m_workspace->model()->graph().unit(1, 1)->output;
        const FeatureMaps& before = *m_workspace->reference().output(output);
        const FeatureMaps& now = *m_workspace->activations().output(output);
        const int channel = m_workspace->channel();
        QVERIFY(maps->difference());
        float largest = 0.0f;
        for (int y = 0; y < now.height(); ++y)
            for (int x = 0; x < now.width(); ++x) {
                QCOMPARE(maps->difference()->at(0, y, x), now.at(channel, y, x) - before.at(channel, y, x));
                largest = std::max({largest, before.at(channel, y, x), now.at(channel, y, x),
                                    std::abs(maps->difference()->at(0, y, x))});
            }
        QCOMPARE(maps->scale().high, largest);
        QCOMPARE(maps->scale().low, -largest);
        QTest::mouseClick(maps, Qt::LeftButton, {}, maps->mapRect(1).center().toPoint());
        QVERIFY(m_workspace->cell().has_value());
    }

    void saysWhatToDoOutsideAUnitAndInAPlainNetwork() {
        m_workspace->goToFirst();
        QVERIFY(!m_view->controls()->isVisible());
        QVERIFY(!m_view->maps()->isVisible());
        QCOMPARE(m_view->title(), m_view->name());
        ModelRequest plain = smallRequest();
        plain.architecture = "plain34";
        open(plain);
        goTo("layer2.1.conv1");
        QVERIFY(m_view->controls()->isVisible());
        QVERIFY(!m_view->controls()->mainPathSlider()->isEnabled());
        QVERIFY(m_view->controls()->mainPathSlider()->toolTip().contains(QStringLiteral("plain")));
        QVERIFY(!button(QStringLiteral("Chart all"))->isEnabled());
        QVERIFY(button(QStringLiteral("Reinitialise"))->isEnabled());
        m_workspace->restart();
        open(smallRequest());
        QTRY_VERIFY(button(QStringLiteral("Chart all"))->isEnabled());
    }

    void changesAreSavedAndOpenedAsText() {
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("edits.txt"));
        const Edits edits = editsFrom("layer1.0:x=0.5,layer2.1:F=0", m_workspace->model()->graph());
        m_workspace->setEdits(edits);
        QTRY_VERIFY(isWith(edits));
        m_view->foot()->save(path);
        QTRY_COMPARE(m_notices.size(), 1);
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(), QByteArray("layer1.0:x=0.5\nlayer2.1:F=0\n"));
        press(QStringLiteral("Reset"));
        QTRY_VERIFY(isWith({}));
        m_view->foot()->open(path);
        QTRY_VERIFY(isWith(edits));
    }

    void whatIsNoChangeIsToldInALine() {
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("bad.txt"));
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("layer9.9:F=0\n");
        file.close();
        m_view->foot()->open(path);
        QTRY_COMPARE(m_notices.size(), 1);
        QCOMPARE(m_notices.back().kind, Notice::Kind::Error);
        QVERIFY(m_notices.back().text.startsWith(QStringLiteral("bad.txt: ")));
        m_view->foot()->open(folder.filePath(QStringLiteral("missing.txt")));
        QTRY_COMPARE(m_notices.size(), 2);
        QVERIFY(isWith({}));
    }

    void theBadgeCountsAndResets() {
        EditsBadge badge(*m_workspace);
        QVERIFY(badge.isHidden());
        const Edits edits = editsFrom("layer1.0:x=0.5,layer2.1:F=0", m_workspace->model()->graph());
        m_workspace->setEdits(edits);
        QTRY_VERIFY(isWith(edits));
        QVERIFY(!badge.isHidden());
        QCOMPARE(badge.findChild<QLabel*>()->text(), QStringLiteral("2 parts changed"));
        QTest::mouseClick(badge.findChild<QPushButton*>(), Qt::LeftButton);
        QTRY_VERIFY(isWith({}));
        QVERIFY(badge.isHidden());
    }

    void paintsAtEverySize() {
        press(QStringLiteral("Chart all 3 units"));
        QTRY_VERIFY(m_view->sweep().results());
        QVERIFY2(m_view->minimumSizeHint().width() <= 760 && m_view->minimumSizeHint().height() <= 400,
                 qPrintable(QStringLiteral("%1 x %2")
                                .arg(m_view->minimumSizeHint().width())
                                .arg(m_view->minimumSizeHint().height())));
        for (const QSize size : {QSize(760, 400), QSize(1600, 900)}) {
            m_view->resize(size);
            const auto* chart = m_view->findChild<LesionChartView*>();
            const QRect place(chart->mapTo(m_view.get(), QPoint()), chart->size());
            const QImage seen = seenOf(*m_view);
            QVERIFY(chart->isVisible() && m_view->rect().contains(place));
            for (int unit = 0; unit < 3; ++unit) {
                const QRect slot = chart->slotOf({unit, Part::MainPath}).toRect();
                QVERIFY(chart->rect().contains(slot) &&
                        inkWithin(seen, slot.translated(place.topLeft())) > 0);
            }
        }
    }
};

RESNET_WINDOW_TEST(WhatIfViewTest)
#include "WhatIfViewTest.moc"
