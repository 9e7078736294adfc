#include "tests/TestPrograms.h"
#include "tests/core/inference/MadeUpRun.h"
#include "ui/diagram/LiveContent.h"
#include "ui/diagram/StepDescription.h"
#include "ui/painting/DiagramLegend.h"
#include "ui/painting/Thumbnails.h"

#include <QtTest>

#include <algorithm>

using namespace resnet;
using namespace resnet::ui;

namespace {

// Channel c of step s has most if c is 3 s of its channels.
int strongestOf(const Step& step) {
    return 3 * step.id % step.output.channels;
}

Run runUpTo(const Graph& graph, StepId last) {
    Run run = resnet::test::madeUpRun(graph);
    for (const Step& step : graph.steps()) {
        if (step.id > last)
            break;
        auto maps = std::make_shared<FeatureMaps>(step.output);
        for (int y = 0; y < maps->height(); ++y)
            for (int x = 0; x < maps->width(); ++x)
                for (int c = 0; c < maps->channels(); ++c)
                    maps->at(c, y, x) =
                        float((c + x + 3 * y) % 7) + (c == strongestOf(step) && x % 2 == 0 ? 10.0f : 0.0f);
        run = std::move(run).withOutput(step.id, maps, 1.0);
    }
    return run;
}

}  // namespace

// Finding 16: a block shows one map, and says which.
class BlockMapsTest : public QObject {
    Q_OBJECT
private:
    const Graph m_graph{resNet18()};
    const DiagramLayout m_layout = layoutDiagram(m_graph, OpenNodes::at(Detail::Unit, m_graph));
    const Run m_run = runUpTo(m_graph, m_graph.softmaxStep());

    LiveContent live(const Run& run, ChannelOfStage selected = {}) const {
        LiveContent live;
        live.setGraph(&m_graph);
        live.take(run);
        live.setSelected(std::move(selected));
        makePictures(live, run);
        return live;
    }
    void makePictures(LiveContent& live, const Run& run) const {
        live.makePictures(m_layout, [&](StepId step) { return StepMaps{run.output(step), nullptr}; });
    }
    static ShownChannel shown(const LiveContent& live, StepId step) {
        return *live.content().picturesOf(step)->shown;
    }

private Q_SLOTS:
    void aStageShowsTheStrongestOfItsFirstUnit() {
        const LiveContent all = live(m_run);
        for (const ResidualUnit& unit : m_graph.units()) {
            const StepId first = m_graph.stage(unit.stage).front().last();
            QCOMPARE(shown(all, unit.last()), (ShownChannel{strongestOf(m_graph.step(first)), false}));
        }
        const Step& stem = m_graph.stem().back();
        QCOMPARE(shown(all, stem.id), (ShownChannel{strongestOf(stem), false}));
    }

    void aStageShowsWhatIsSelectedInIt() {
        const LiveContent all = live(m_run, {{1, 5}, {2, 6}});
        for (const ResidualUnit& unit : m_graph.units()) {
            const bool isSelected = unit.stage == 1 || unit.stage == 2;
            QCOMPARE(shown(all, unit.last()).isSelected, isSelected);
            if (!isSelected)
                continue;
            QCOMPARE(shown(all, unit.last()).channel, 4 + unit.stage);
            const Step& step = m_graph.step(unit.last());
            QCOMPARE(all.content().picturesOf(step.id)->map,
                     pictureOf(step, *m_run.output(step.id), {4 + unit.stage, true}).map);
        }
    }

    void anotherSelectionChangesItsStageOnly() {
        LiveContent all = live(m_run, {{1, 5}});
        const auto before = all.content().pictures;
        all.setSelected({{1, 9}});
        makePictures(all, m_run);
        for (const ResidualUnit& unit : m_graph.units()) {
            const auto at = std::size_t(unit.last());
            QCOMPARE(all.content().pictures[at] == before[at], unit.stage != 1);
        }
        QCOMPARE(shown(all, m_graph.stage(1).front().last()).channel, 9);
    }

    // While a stage is computed step by step there is nothing yet to decide by but the step itself.
    void whatHasNoUnitYetShowsItsOwnStrongest() {
        const StepId inside = m_graph.stage(2).front().mainPath.front();
        const Run some = runUpTo(m_graph, inside);
        const DiagramLayout layers = layoutDiagram(m_graph, OpenNodes::at(Detail::Layer, m_graph));
        LiveContent live;
        live.setGraph(&m_graph);
        const auto make = [&](const Run& run) {
            live.take(run);
            live.makePictures(layers, [&](StepId step) { return StepMaps{run.output(step), nullptr}; });
            return shown(live, inside).channel;
        };
        QCOMPARE(make(some), strongestOf(m_graph.step(inside)));
        QCOMPARE(make(m_run), strongestOf(m_graph.step(m_graph.stage(2).front().last())));
    }

    void theTooltipAndTheLegendSaySo() {
        const StepId step = m_graph.stage(1).front().last();
        const LiveContent none = live(m_run);
        QVERIFY(descriptionOf(m_graph, step, none.content())
                    .contains(QStringLiteral("Shows channel %1 of 128, the strongest of its stage")
                                  .arg(strongestOf(m_graph.step(step)))));
        QVERIFY(mapsCaption(m_layout, none.content()).contains(QLatin1String("strongest")));
        const LiveContent one = live(m_run, {{1, 5}});
        QVERIFY(descriptionOf(m_graph, step, one.content())
                    .contains(QLatin1String("Shows channel 5 of 128, which is selected")));
        QVERIFY(mapsCaption(m_layout, one.content()).contains(QLatin1String("selected or strongest")));
        const LiveContent all = live(m_run, {{-1, 1}, {0, 2}, {1, 5}, {2, 4}, {3, 6}});
        QVERIFY(!mapsCaption(m_layout, all.content()).contains(QLatin1String("strongest")));
        const LiveContent empty = live(runUpTo(m_graph, inputStep));
        QVERIFY(mapsCaption(m_layout, empty.content()).isEmpty());
    }

    // The map has all of its block.
    void aBlockHasRoomForOneMap() {
        for (const DiagramNode& node : m_layout.nodes)
            if (node.kind == NodeKind::Unit) {
                QVERIFY(node.box.contains(node.picture));
                QVERIFY(node.box.width() - node.picture.width() <= 6.0);
                QVERIFY(node.box.height() - node.picture.height() <= 6.0);
            }
    }
};

RESNET_WINDOW_TEST(BlockMapsTest)
#include "BlockMapsTest.moc"
