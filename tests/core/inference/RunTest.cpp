#include "core/Error.h"
#include "core/inference/Executor.h"
#include "core/inference/Run.h"
#include "tests/TestPrograms.h"
#include "tests/core/inference/SomeInput.h"

#include <QtTest>

using namespace resnet;

namespace {

std::shared_ptr<const Network> networkOfRuns() {
    NetworkSpec spec;
    spec.unitsPerStage = {2, 2};
    spec.channelsPerStage = {8, 12};
    spec.inputHeight = spec.inputWidth = 40;
    return std::make_shared<const Network>(Network::initialised(spec, 5));
}

}  // namespace

class RunTest : public QObject {
    Q_OBJECT
private:
    std::shared_ptr<const Network> m_network = networkOfRuns();
    Run m_run;

    Edits edits(const char* text) const { return editsFrom(text, m_network->graph()); }
    StepId step(const char* name) const { return *m_network->graph().find(name); }
    int keptOf(const Run& run) const {
        int kept = 0;
        while (kept < run.stepCount() && run.has(kept) && run.output(kept) == m_run.output(kept))
            ++kept;
        return kept;
    }

private Q_SLOTS:
    void initTestCase() {
        Executor executor(m_network, 1);
        m_run = executor.start(someInput(m_network->spec().inputShape()));
        executor.run(m_run);
    }

    void knowsWhatItIsOf() {
        const Run run(m_network, m_run.input(), edits("layer1.1:F=0"));
        QCOMPARE(run.network(), m_network);
        QCOMPARE(run.input(), m_run.input());
        QVERIFY(run.edits() == edits("layer1.1:F=0"));
        QCOMPARE(run.computedCount(), 0);
        QCOMPARE(run.firstMissing(), 0);
        const Run nothing;
        QVERIFY(!nothing.network());
        QCOMPARE(nothing.stepCount(), 0);
        QVERIFY(nothing.edits().isEmpty());
    }

    void otherEditsKeepWhatCannotDiffer() {
        const Run edited = m_run.with(edits("layer2.0:F=0.5"));
        QCOMPARE(keptOf(edited), step("layer2.0.add"));
        QCOMPARE(edited.firstMissing(), step("layer2.0.add"));
        QCOMPARE(edited.computedCount(), edited.firstMissing());
        QCOMPARE(edited.milliseconds(0), m_run.milliseconds(0));
        QCOMPARE(edited.input(), m_run.input());
        QVERIFY(m_run.isComplete());  // and is as it was
        QVERIFY(m_run.edits().isEmpty());

        QCOMPARE(keptOf(m_run.with(edits("layer1.0:seed=3"))), step("layer1.0.conv1"));
        QCOMPARE(keptOf(m_run.with({})), m_run.stepCount());
        // From edits to other edits: what is the same of them does not count.
        Executor executor(m_network, 1);
        Run both = m_run.with(edits("layer1.0:x=2,layer2.1:F=0"));
        executor.run(both);
        QCOMPARE(both.with(edits("layer1.0:x=2")).firstMissing(), step("layer2.1.add"));
        QCOMPARE(both.with({}).firstMissing(), step("layer1.0.add"));
    }

    void parametersAreThoseOfTheEdits() {
        const StepId conv = step("layer1.0.conv1");
        QCOMPARE(m_run.editedNetwork(), m_network);
        QCOMPARE(m_run.with(edits("layer1.0:F=0")).editedNetwork(), m_network);
        const Run other = m_run.with(edits("layer1.0:weights=layer1.1"));
        QCOMPARE(other.network(), m_network);
        QCOMPARE(&other.editedNetwork()->parameter(conv, "weight"),
                 &m_network->parameter(step("layer1.1.conv1"), "weight"));
        const Run anew = m_run.with(edits("layer1.0:seed=3"));
        QVERIFY(anew.editedNetwork()->parameter(conv, "weight").values !=
                m_network->parameter(conv, "weight").values);
        // Gains alone make no other network, and so no other packing.
        QCOMPARE(anew.with(edits("layer1.0:seed=3,layer2.1:x=0")).editedNetwork(), anew.editedNetwork());
        QVERIFY(anew.with(edits("layer1.0:seed=4")).editedNetwork() != anew.editedNetwork());
    }

    void aValueOfItsOwn() {
        const Run more = m_run.before(3).withOutput(3, m_run.output(3), 1.5);
        QCOMPARE(more.computedCount(), 4);
        QCOMPARE(more.milliseconds(3), 1.5);
        const Run copy = more;
        const Run less = copy.before(2);
        QCOMPARE(copy.computedCount(), 4);
        QCOMPARE(less.computedCount(), 2);
        QCOMPARE(less.milliseconds(3), 0.0);
    }

    void refusesWhatCannotBe() {
        QVERIFY_THROWS_EXCEPTION(Error, Run(m_network, someInput({3, 40, 41})));
        Edits outside;
        outside.set({7, 0}, {0.0f, 1.0f, {}});
        QVERIFY_THROWS_EXCEPTION(Error, Run(m_network, nullptr, outside));
        QVERIFY_THROWS_EXCEPTION(Error, m_run.with(outside));
        Executor other(networkOfRuns(), 1);
        Run run = m_run;
        QVERIFY_THROWS_EXCEPTION(Error, other.run(run));
        Run without(m_network);
        Executor executor(m_network, 1);
        QVERIFY_THROWS_EXCEPTION(Error, executor.run(without));
    }
};

RESNET_TEST(RunTest)
#include "RunTest.moc"
