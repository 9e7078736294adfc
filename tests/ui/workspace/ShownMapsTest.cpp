#include "core/experiments/EditSweep.h"
#include "core/inference/BackwardExecutor.h"
#include "core/inference/Executor.h"
#include "core/inference/PackedNetwork.h"
#include "tests/TestPrograms.h"
#include "tests/ui/SmallNetwork.h"
#include "ui/workspace/HistoryKeeper.h"
#include "ui/workspace/RunStatistics.h"
#include "ui/workspace/Workspace.h"

#include <QtTest>

using namespace resnet;
using namespace resnet::ui;
using namespace resnet::ui::test;

// What all views show by one switch: values, gradients and their products, of one run, of another and as a
// difference.
class ShownMapsTest : public QObject {
    Q_OBJECT
    std::unique_ptr<Workspace> m_workspace;

    void open(const ModelRequest& request) {
        m_workspace->createModel(request);
        m_workspace->setPicture(gradientPicture());
        QTRY_VERIFY(m_workspace->session().isComputed() && !m_workspace->isBusy());
    }
    void show(Quantity quantity, Side side) {
        ViewSettings settings = m_workspace->settings();
        settings.quantity = quantity;
        settings.side = side;
        m_workspace->setSettings(settings);
    }
    StepId step(const char* name) const { return *m_workspace->session().graph().find(name); }
    const FeatureMapsPtr shown(const char* name) const { return m_workspace->shown().of(step(name)); }

private Q_SLOTS:
    void init() {
        m_workspace = std::make_unique<Workspace>(1);
        open(smallRequest());
    }
    void cleanup() { m_workspace.reset(); }

    void withoutAnotherRunItIsWhatTheNetworkComputes() {
        QVERIFY(m_workspace->shown().areOutputs());
        show(Quantity::Values, Side::Difference);
        QVERIFY(m_workspace->shown().areOutputs());  // there is nothing to compare with
        QCOMPARE(shown("layer2.0.add"), m_workspace->activations().output(step("layer2.0.add")));
    }

    void aDifferenceIsNowMinusBefore() {
        show(Quantity::Values, Side::Difference);
        m_workspace->setEdits(withoutMainPath({1, 0}));
        QTRY_VERIFY(!m_workspace->edits().isEmpty() && !m_workspace->isBusy());
        QCOMPARE(m_workspace->shown().side(), Side::Difference);
        const FeatureMaps& now = *m_workspace->activations().output(step("layer2.1.add"));
        const FeatureMaps& before = *m_workspace->reference().output(step("layer2.1.add"));
        const FeatureMapsPtr difference = shown("layer2.1.add");
        double largest = 0.0;
        for (std::size_t i = 0; i < now.size(); ++i) {
            QCOMPARE(difference->data()[i], now.data()[i] - before.data()[i]);
            largest = std::max(largest, double(std::abs(difference->data()[i])));
        }
        QVERIFY(largest > 0.0);
        const FeatureMapsPtr untouched = shown("layer1.0.add");  // before the change
        QVERIFY(std::all_of(untouched->data(), untouched->data() + untouched->size(),
                            [](float value) { return value == 0.0f; }));
        // All three sides share the scale of both runs.
        QCOMPARE(m_workspace->shown().onOneScale(step("layer2.1.add")).size(), std::size_t(2));
        show(Quantity::Values, Side::Before);
        QCOMPARE(shown("layer2.1.add"), m_workspace->reference().output(step("layer2.1.add")));
        QVERIFY(m_workspace->shown().isRunBefore());
        m_workspace->setEdits({});
        QTRY_VERIFY(m_workspace->shown().areOutputs());
    }

    void gradientsAreThoseOfTheClassInQuestion() {
        show(Quantity::Gradient, Side::Now);
        QVERIFY(!shown("layer1.0.add"));  // nothing is shown in the place of what is to come
        QTRY_VERIFY(shown("layer1.0.add"));
        const auto packed = std::make_shared<const PackedNetwork>(m_workspace->model()->network);
        const auto expect = [&](int classIndex) {
            return *BackwardExecutor(packed).run(m_workspace->activations(),
                                                 scoreOf(m_workspace->session().graph(), classIndex));
        };
        const Gradients expected = expect(m_workspace->classInQuestion());
        for (const char* name : {"conv1", "layer1.0.add", "layer2.0.conv2", "fc"}) {
            const FeatureMaps& gradient = *expected.of(step(name));
            QVERIFY(std::equal(gradient.data(), gradient.data() + gradient.size(), shown(name)->data()));
        }
        QVERIFY(!shown("softmax"));
        QVERIFY(m_workspace->shown().whyNot(step("softmax")).contains(QStringLiteral("after the score")));
        show(Quantity::ValueTimesGradient, Side::Now);
        const FeatureMaps& values = *m_workspace->activations().output(step("layer1.0.add"));
        for (std::size_t i = 0; i < values.size(); ++i)
            QCOMPARE(shown("layer1.0.add")->data()[i],
                     values.data()[i] * expected.of(step("layer1.0.add"))->data()[i]);
        // Another class has others; those of the one before are not shown for it.
        const int other = (m_workspace->classInQuestion() + 1) % 5;
        m_workspace->goTo(step("fc"), other);
        QCOMPARE(m_workspace->classInQuestion(), other);
        QVERIFY(!shown("layer1.0.add"));
        show(Quantity::Gradient, Side::Now);
        QTRY_VERIFY(shown("layer1.0.add"));
        QCOMPARE(shown("conv1")->data()[5], expect(other).of(step("conv1"))->data()[5]);
    }

    void aNetworkOfOtherShapesHasNoPartners() {
        ModelRequest wide = smallRequest();
        wide.channelsPerStage = {12, 16};
        const Run now = m_workspace->activations();
        const ModelPtr other = newModel(wide);
        Executor executor(other->network, 1);
        Run before = executor.start(now.input());
        executor.run(before);
        const ShownMaps maps({now, {}}, ShownMaps::Subject{before, {}}, Quantity::Values, Side::Difference);
        QVERIFY(!maps.of(step("layer1.0.add")));
        QVERIFY(maps.whyNot(step("layer1.0.add")).contains(QStringLiteral("no partner")));
        QVERIFY(maps.of(step("layer2.0.add")));
        QVERIFY(maps.of(inputStep));
        QVERIFY(!maps.isRunBefore());
    }

    void statisticsAreOfWhatIsShown() {
        m_workspace->setEdits(withoutMainPath({1, 0}));
        QTRY_VERIFY(!m_workspace->edits().isEmpty() && !m_workspace->isBusy());
        show(Quantity::Values, Side::Difference);
        RunStatistics& statistics = m_workspace->statistics();
        QTRY_VERIFY(statistics.wantAll());
        QCOMPARE(statistics.values().known(shown("layer2.1.add"))->total,
                 statisticsOf(*shown("layer2.1.add")));
        QCOMPARE(statistics.values().known(shown("layer1.0.add"))->total.norm, 0.0);
    }

    void undoBringsBackWhatWasShown() {
        QTest::qWait(0);  // the state before is in the history
        show(Quantity::Gradient, Side::Now);
        QTRY_VERIFY(m_workspace->history().undoable());
        m_workspace->history().undo();
        QCOMPARE(m_workspace->settings().quantity, Quantity::Values);
    }
};

RESNET_EVENT_LOOP_TEST(ShownMapsTest)
#include "ShownMapsTest.moc"
