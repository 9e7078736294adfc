#include "core/inference/Plan.h"
#include "tests/TestPrograms.h"

#include <QtTest>

using namespace resnet;

namespace {

const Graph& graph() {
    static const Graph made{resNet34()};
    return made;
}

StepId step(const char* name) {
    return *graph().find(name);
}

std::vector<Sweep> sweeps(const char* edits, PassKind kind) {
    return planFor(graph(), editsFrom(edits, graph()), kind).sweeps;
}

const Sweep* sweepOf(const std::vector<Sweep>& sweeps, const char* name) {
    const StepId id = step(name);
    const auto found = std::ranges::find_if(sweeps, [&](const Sweep& sweep) {
        return sweep.step == id || sweep.norm == id || sweep.sum == id || sweep.relu == id;
    });
    return found == sweeps.end() ? nullptr : &*found;
}

}  // namespace

class PlanTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    // All of it is shown, and what is off shows what it would add.
    void theObservedPassLeavesNothingOut() {
        for (const char* edits : {"", "layer1.1:F=0,layer2.0:x=0", "layer4.2:F=0,layer4.2:x=0"}) {
            std::vector<int> computed(std::size_t(graph().stepCount()));
            for (const Sweep& sweep : sweeps(edits, PassKind::Observed))
                for (const auto& id : {std::optional(sweep.step), sweep.norm, sweep.sum, sweep.relu})
                    if (id)
                        ++computed[std::size_t(*id)];
            QVERIFY(std::ranges::all_of(computed, [](int times) { return times == 1; }));
        }
    }

    void theFusedPassLeavesOutWhatIsOff() {
        const std::vector<Sweep> whole = sweeps("", PassKind::Fused);
        // 36 convolutions, pooling twice, dense layer and softmax: everything else is part of a sweep.
        QCOMPARE(whole.size(), std::size_t(40));

        const std::vector<Sweep> identity = sweeps("layer1.1:F=0", PassKind::Fused);
        QCOMPARE(identity.size(), std::size_t(39));  // two convolutions less, an addition alone more
        QVERIFY(!sweepOf(identity, "layer1.1.conv1") && !sweepOf(identity, "layer1.1.bn2"));
        const Sweep* sum = sweepOf(identity, "layer1.1.add");
        QCOMPARE(sum->step, step("layer1.1.add"));
        QCOMPARE(sum->relu, std::optional(step("layer1.1.relu2")));
        QCOMPARE(sum->input, step("layer1.0.relu2"));

        const std::vector<Sweep> projection = sweeps("layer3.0:x=0", PassKind::Fused);
        QCOMPARE(projection.size(), std::size_t(39));
        QVERIFY(!sweepOf(projection, "layer3.0.downsample.0"));
        const Sweep* main = sweepOf(projection, "layer3.0.add");
        QCOMPARE(main->step, step("layer3.0.conv2"));
        QVERIFY(!main->shortcut);

        // Nothing that comes before a unit with both off has a say in the logits.
        const std::vector<Sweep> nothing = sweeps("layer4.1:F=0,layer4.1:x=0", PassKind::Fused);
        QCOMPARE(nothing.front().step, step("layer4.1.add"));
        QCOMPARE(nothing.front().input, inputStep);
    }

    void gainsGoWithTheirAddition() {
        for (const PassKind kind : {PassKind::Observed, PassKind::Fused}) {
            const std::vector<Sweep> edited = sweeps("layer2.0:F=0.5,layer2.2:x=-1", kind);
            for (const Sweep& sweep : edited) {
                const bool isHalf = sweep.sum == step("layer2.0.add") || sweep.step == step("layer2.0.add");
                const bool isTaken = sweep.sum == step("layer2.2.add");
                QCOMPARE(sweep.gains.mainPath, isHalf ? 0.5f : 1.0f);
                QCOMPARE(sweep.gains.shortcut, isTaken ? -1.0f : 1.0f);
            }
        }
    }

    void saysWhereTheEditsBegin() {
        const auto first = [](const char* edits) {
            return planFor(graph(), editsFrom(edits, graph()), PassKind::Fused).firstDifferent;
        };
        QCOMPARE(first(""), graph().stepCount());
        QCOMPARE(first("layer4.2:x=0,layer2.3:F=2"), step("layer2.3.add"));
        QCOMPARE(first("layer4.2:seed=0"), step("layer4.2.conv1"));
    }

    void aBufferIsNotUsedAgainWhileItIsRead() {
        for (const char* edits :
             {"", "layer1.1:F=0", "layer2.0:x=0,layer2.1:F=0,layer2.2:F=0", "layer3.0:F=0,layer3.1:x=0"}) {
            const std::vector<Sweep> planned = sweeps(edits, PassKind::Fused);
            const BufferPlan plan = planBuffers(graph(), planned);
            QVERIFY(plan.bufferSizes.size() <= 4);
            std::vector<StepId> holds(plan.bufferSizes.size(), inputStep);
            for (std::size_t i = 0; i < planned.size(); ++i) {
                const auto isHeld = [&](StepId id) {
                    return id == inputStep || std::ranges::find(holds, id) != holds.end();
                };
                QVERIFY(isHeld(planned[i].input));
                QVERIFY(!planned[i].shortcut || isHeld(*planned[i].shortcut));
                const int buffer = plan.bufferOfSweep[i];
                QVERIFY(holds[std::size_t(buffer)] != planned[i].input || planned[i].input == inputStep);
                holds[std::size_t(buffer)] = planned[i].result();
                QVERIFY(plan.bufferSizes[std::size_t(buffer)] >=
                        graph().outputShape(planned[i].result()).size());
            }
        }
    }
};

RESNET_TEST(PlanTest)
#include "PlanTest.moc"
