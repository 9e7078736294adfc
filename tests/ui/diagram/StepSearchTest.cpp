#include "tests/TestPrograms.h"
#include "ui/diagram/StepSearch.h"
#include "ui/drawing/StepWalk.h"

#include <QtTest>

using namespace resnet;
using namespace resnet::ui;

// Search, twins, walking and history: what leads from one step to another.
class StepSearchTest : public QObject {
    Q_OBJECT
private:
    const Graph m_graph{NetworkSpec{}};

    StepId step(const char* name) const { return *m_graph.find(name); }

private Q_SLOTS:
    void counts_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("count");
        QTest::newRow("nothing") << QString() << 0;
        QTest::newRow("spaces") << QStringLiteral("  ") << 0;
        QTest::newRow("unknown") << QStringLiteral("lstm") << 0;
        QTest::newRow("projections") << QStringLiteral("projection") << 6;
        QTest::newRow("downsample") << QStringLiteral("Downsample") << 6;
        QTest::newRow("batch norms") << QStringLiteral("batch norm") << 36;
        QTest::newRow("1x1") << QStringLiteral("1x1") << 3;
        QTest::newRow("one unit") << QStringLiteral("layer2.1") << 7;
        QTest::newRow("sums") << QStringLiteral("sum") << 16;
        QTest::newRow("identity sums") << QStringLiteral("sum identity") << 13;
        QTest::newRow("two words") << QStringLiteral("stage 2 conv") << 9;
        QTest::newRow("shape") << QStringLiteral("7x7 conv") << 8;
        QTest::newRow("shape with spaces") << QStringLiteral("28 × 28 × 128") << 30;
        QTest::newRow("whole number of channels") << QStringLiteral("256") << 44;
        QTest::newRow("part of a number") << QStringLiteral("25") << 0;
    }
    void counts() {
        QFETCH(QString, text);
        QFETCH(int, count);
        QCOMPARE(int(findSteps(m_graph, text).size()), count);
    }

    void everyResultIsInOrder() {
        const std::vector<StepId> found = findSteps(m_graph, QStringLiteral("14x14"));
        QVERIFY(!found.empty());
        for (const StepId id : found)
            QCOMPARE(m_graph.step(id).output.height, 14);
        QVERIFY(std::ranges::is_sorted(found));
    }

    void wholeNamesLeadThere_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("step");
        const auto row = [](const char* text, const char* step) {
            QTest::newRow(text) << QString::fromLatin1(text) << QString::fromLatin1(step);
        };
        row("conv1", "conv1");
        row(" Conv1 ", "conv1");
        row("relu", "relu");
        row("layer3.0.add", "layer3.0.add");
        row("layer2.0", "layer2.0.conv1");
        row("layer3", "layer3.0.conv1");
        row("Stage 3", "layer3.0.conv1");
        row("stage4", "layer4.0.conv1");
        row("stem", "conv1");
        row("head", "avgpool");
        row("conv", "");
        row("layer2.9", "");
        row("stage 9", "");
        row("", "");
    }
    void wholeNamesLeadThere() {
        QFETCH(QString, text);
        QFETCH(QString, step);
        const auto called = stepCalled(m_graph, text);
        QCOMPARE(called ? QString::fromStdString(m_graph.stepName(*called)) : QString(), step);
    }

    void twins() {
        const auto sizes = [&](const char* name) { return twinsOf(m_graph, step(name)).size() + 1; };
        QCOMPARE(sizes("layer1.0.conv1"), std::size_t(3));
        QCOMPARE(sizes("layer2.1.bn2"), std::size_t(3));
        QCOMPARE(sizes("layer3.5.relu2"), std::size_t(5));
        QCOMPARE(sizes("layer4.2.add"), std::size_t(2));
        QCOMPARE(sizes("layer3.0.conv2"), std::size_t(1));
        QCOMPARE(sizes("conv1"), std::size_t(1));
        QVERIFY(twinsOf(m_graph, step("layer2.1.bn2")).contains(step("layer2.3.bn2")));
        QVERIFY(twinsOf(m_graph, inputStep).empty());
    }

    void arrowsFollowTheDataOverEveryStep() {
        const DiagramLayout layout = layoutDiagram(m_graph, OpenNodes::at(Detail::Layer, m_graph));
        StepId at = inputStep;
        std::set<StepId> visited;
        while (const auto next = walked(m_graph, layout, at, WalkDirection::Right)) {
            QVERIFY(visited.insert(*next).second);
            at = *next;
        }
        QCOMPARE(at, m_graph.softmaxStep());
        QCOMPARE(int(visited.size()), m_graph.stepCount() - 6);  // all but those on projections
        while (const auto next = walked(m_graph, layout, at, WalkDirection::Left))
            at = *next;
        QCOMPARE(at, inputStep);
    }

    void upAndDownChangeTheWay() {
        const DiagramLayout layout = layoutDiagram(m_graph, OpenNodes::at(Detail::Layer, m_graph));
        const auto go = [&](const char* name, WalkDirection direction) {
            const auto to = walked(m_graph, layout, step(name), direction);
            return to ? m_graph.stepName(*to) : std::string();
        };
        QCOMPARE(go("layer2.0.conv1", WalkDirection::Up), std::string("layer2.0.downsample.0"));
        QCOMPARE(go("layer2.0.downsample.0", WalkDirection::Right), std::string("layer2.0.downsample.1"));
        QCOMPARE(go("layer2.0.downsample.1", WalkDirection::Right), std::string("layer2.0.add"));
        QCOMPARE(go("layer2.0.downsample.1", WalkDirection::Down), std::string("layer2.0.bn2"));
        QCOMPARE(go("layer2.0.add", WalkDirection::Left), std::string("layer2.0.bn2"));
        QCOMPARE(go("layer2.0.add", WalkDirection::Up), std::string("layer2.0.downsample.1"));
        QCOMPARE(go("layer2.1.bn1", WalkDirection::Up), std::string("layer2.0.relu2"));
        QCOMPARE(go("conv1", WalkDirection::Up), std::string());
        QCOMPARE(go("softmax", WalkDirection::Right), std::string());
    }

    void historyGoesBackAndForward() {
        VisitHistory history;
        QVERIFY(!history.back());
        for (const StepId id : {1, 5, 5, 9})
            history.visit(id);
        QCOMPARE(history.back(), std::optional(5));
        QCOMPARE(history.back(), std::optional(1));
        QVERIFY(!history.back());
        QCOMPARE(history.forward(), std::optional(5));
        history.visit(7);
        QVERIFY(!history.forward());
        QCOMPARE(history.back(), std::optional(5));
    }
};

RESNET_TEST(StepSearchTest)
#include "StepSearchTest.moc"
