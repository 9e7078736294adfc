#include "core/Error.h"
#include "core/experiments/EditSweep.h"
#include "core/network/EditsFile.h"
#include "tests/TestPrograms.h"
#include "tests/core/experiments/SmallNetworks.h"

#include <QtTest>

#include <map>
#include <set>

using namespace resnet;

class EditSweepTest : public QObject {
    Q_OBJECT

    const Graph m_graph{NetworkSpec{}};

    QStringList textsOf(SweepKind kind) const {
        QStringList texts;
        for (const SweepPoint& point : sweepPoints(m_graph, {kind, 10, 0}))
            texts << QString::fromStdString(textOf(point.edits, m_graph));
        return texts;
    }

private Q_SLOTS:
    void switchesOffOneUnitAfterTheOther() {
        const QStringList units = textsOf(SweepKind::Units);
        QCOMPARE(units.size(), 16);
        QCOMPARE(units.first(), QStringLiteral("layer1.0:F=0"));
        QCOMPARE(units.last(), QStringLiteral("layer4.2:F=0"));
        QCOMPARE(textsOf(SweepKind::Shortcuts).at(3), QStringLiteral("layer2.0:x=0"));
    }

    void drawsAnyNumberOfUnits() {
        const std::vector<SweepPoint> points = sweepPoints(m_graph, {SweepKind::Count, 10, 3});
        std::map<int, std::set<std::string>> byCount;
        std::map<int, int> counts;
        for (const SweepPoint& point : points) {
            QCOMPARE(int(point.edits.units().size()), point.position);
            byCount[point.position].insert(textOf(point.edits, m_graph));
            ++counts[point.position];
        }
        QCOMPARE(int(byCount.size()), 17);
        QCOMPARE(counts[0], 1);
        QCOMPARE(counts[16], 1);
        for (int k = 1; k < 16; ++k) {
            QCOMPARE(counts[k], 10);
            QCOMPARE(int(byCount[k].size()), 10);  // no draw twice
        }
        QVERIFY(sweepPoints(m_graph, {SweepKind::Count, 10, 3})[20].edits == points[20].edits);
        QVERIFY(sweepPoints(m_graph, {SweepKind::Count, 10, 4})[20].edits != points[20].edits);
    }

    // 3, 4, 6 and 3 units of which the first of stages 2 to 4 has other shapes: 3 + 3 + 10 + 1 pairs.
    void swapsWhatHasEqualShapes() {
        const std::vector<SweepPoint> points = sweepPoints(m_graph, {SweepKind::Swaps, 0, 0});
        QCOMPARE(int(points.size()), 17);
        QCOMPARE(textOf(points.front().edits, m_graph),
                 std::string("layer1.0:weights=layer1.1,layer1.1:weights=layer1.0"));
        QCOMPARE(points.front().position, 1);
        QCOMPARE(points.back().position, 4);
        QCOMPARE(points.back().label, std::string("layer3.1 and layer3.5"));
    }

    void leavesEarly() {
        const QStringList exits = textsOf(SweepKind::Exits);
        QCOMPARE(exits.size(), 17);
        QCOMPARE(exits.last(), QString());
        QCOMPARE(exits.at(15), QStringLiteral("layer4.2:F=0"));
        QCOMPARE(exits.first().count(QStringLiteral("F=0")), 16);
    }

    void refusesPlainNetworks() {
        const Graph plain(resnet::test::smallSpec(false));
        QVERIFY_EXCEPTION_THROWN(sweepPoints(plain, {SweepKind::Units, 10, 0}), Error);
        QVERIFY_EXCEPTION_THROWN(sweepPoints(plain, {SweepKind::Count, 10, 0}), Error);
        QCOMPARE(int(sweepPoints(plain, {SweepKind::Swaps, 10, 0}).size()), 2);
        for (const SweepKind kind :
             {SweepKind::Units, SweepKind::Shortcuts, SweepKind::Count, SweepKind::Swaps, SweepKind::Exits})
            QCOMPARE(sweepKindNamed(nameOf(kind)), kind);
        QVERIFY_EXCEPTION_THROWN(sweepKindNamed("unit"), Error);
    }

    void editsGoIntoAFileAndBack() {
        const Edits edits = editsFrom("layer1.1:x=0.5,layer3.2:F=0,layer3.2:seed=9", m_graph);
        const std::string text = fileTextOf(edits, m_graph);
        QCOMPARE(text, std::string("layer1.1:x=0.5\nlayer3.2:F=0\nlayer3.2:seed=9\n"));
        QVERIFY(editsFromFile(text, m_graph) == edits);
        QVERIFY(editsFromFile("# two units\r\n\r\n layer3.2:F=0 , layer3.2:seed=9\r\nlayer1.1:x=0.5",
                              m_graph) == edits);
        QCOMPARE(fileTextOf({}, m_graph), std::string());
        QVERIFY(editsFromFile("\n# nothing\n", m_graph).isEmpty());
        QVERIFY_EXCEPTION_THROWN(editsFromFile("layer1.1:x=0.5\nlayer9.9:F=0\n", m_graph), Error);
    }
};

RESNET_TEST(EditSweepTest)
#include "EditSweepTest.moc"
