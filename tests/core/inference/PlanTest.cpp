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

std::vector<StepGroup> groups(const char* edits, PassKind kind) {
    return planFor(graph(), editsFrom(edits, graph()), kind).groups;
}

const StepGroup* groupOf(const std::vector<StepGroup>& groups, const char* name) {
    const StepId id = step(name);
    const auto found = std::ranges::find_if(groups, [&](const StepGroup& group) {
        return group.step == id || group.norm == id || group.sum == id || group.relu == id;
    });
    return found == groups.end() ? nullptr : &*found;
}

}  // namespace

class PlanTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    // All of it is shown, and what is off shows what it would add.
    void theObservedPassLeavesNothingOut() {
        for (const char* edits : {"", "layer1.1:F=0,layer2.0:x=0", "layer4.2:F=0,layer4.2:x=0"}) {
            std::vector<int> computed(std::size_t(graph().stepCount()));
            for (const StepGroup& group : groups(edits, PassKind::Observed))
                for (const auto& id : {std::optional(group.step), group.norm, group.sum, group.relu})
                    if (id)
                        ++computed[std::size_t(*id)];
            QVERIFY(std::ranges::all_of(computed, [](int times) { return times == 1; }));
        }
    }

    void theFusedPassLeavesOutWhatIsOff() {
        const std::vector<StepGroup> whole = groups("", PassKind::Fused);
        // 36 convolutions, pooling twice, dense layer and softmax: everything else is part of a group.
        QCOMPARE(whole.size(), std::size_t(40));

        const std::vector<StepGroup> identity = groups("layer1.1:F=0", PassKind::Fused);
        QCOMPARE(identity.size(), std::size_t(39));  // two convolutions less, an addition alone more
        QVERIFY(!groupOf(identity, "layer1.1.conv1") && !groupOf(identity, "layer1.1.bn2"));
        const StepGroup* sum = groupOf(identity, "layer1.1.add");
        QCOMPARE(sum->step, step("layer1.1.add"));
        QCOMPARE(sum->relu, std::optional(step("layer1.1.relu2")));
        QCOMPARE(sum->input, step("layer1.0.relu2"));

        const std::vector<StepGroup> projection = groups("layer3.0:x=0", PassKind::Fused);
        QCOMPARE(projection.size(), std::size_t(39));
        QVERIFY(!groupOf(projection, "layer3.0.downsample.0"));
        const StepGroup* main = groupOf(projection, "layer3.0.add");
        QCOMPARE(main->step, step("layer3.0.conv2"));
        QVERIFY(!main->shortcut);

        // Nothing that comes before a unit with both off has a say in the logits.
        const std::vector<StepGroup> nothing = groups("layer4.1:F=0,layer4.1:x=0", PassKind::Fused);
        QCOMPARE(nothing.front().step, step("layer4.1.add"));
        QCOMPARE(nothing.front().input, inputStep);
    }

    void gainsGoWithTheirAddition() {
        for (const PassKind kind : {PassKind::Observed, PassKind::Fused}) {
            const std::vector<StepGroup> edited = groups("layer2.0:F=0.5,layer2.2:x=-1", kind);
            for (const StepGroup& group : edited) {
                const bool isHalf = group.sum == step("layer2.0.add") || group.step == step("layer2.0.add");
                const bool isTaken = group.sum == step("layer2.2.add");
                QCOMPARE(group.gains.mainPath, isHalf ? 0.5f : 1.0f);
                QCOMPARE(group.gains.shortcut, isTaken ? -1.0f : 1.0f);
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
            const std::vector<StepGroup> planned = groups(edits, PassKind::Fused);
            const BufferPlan plan = planBuffers(graph(), planned);
            QVERIFY(plan.bufferSizes.size() <= 4);
            std::vector<StepId> holds(plan.bufferSizes.size(), inputStep);
            for (std::size_t i = 0; i < planned.size(); ++i) {
                const auto isHeld = [&](StepId id) {
                    return id == inputStep || std::ranges::find(holds, id) != holds.end();
                };
                QVERIFY(isHeld(planned[i].input));
                QVERIFY(!planned[i].shortcut || isHeld(*planned[i].shortcut));
                const int buffer = plan.bufferOfGroup[i];
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
