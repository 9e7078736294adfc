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

    void swapsGiveAnyOrder() {
        const Edits twice = withSwapped(withSwapped({}, {2, 1}, {2, 2}), {2, 2}, {2, 3});
        QCOMPARE(textOf(twice, m_graph), std::string("layer3.1:weights=layer3.2,layer3.2:weights=layer3.3,"
                                                     "layer3.3:weights=layer3.1"));
        QVERIFY(withSwapped(withSwapped({}, {2, 1}, {2, 2}), {2, 2}, {2, 1}).isEmpty());
    }

    // The first unit of stage 3 has other shapes, and stays where it is.
    void stagesHaveAnotherOrder() {
        const Edits off = withoutMainPath({2, 2});
        const Edits reversed = withStageReversed(off, m_graph, 2);
        QCOMPARE(textOf(reversed, m_graph),
                 std::string("layer3.1:weights=layer3.5,layer3.2:F=0,layer3.2:weights=layer3.4,"
                             "layer3.4:weights=layer3.2,layer3.5:weights=layer3.1"));
        QVERIFY(withStageReversed(reversed, m_graph, 2) == off);
        std::set<std::string> orders;
        for (std::uint64_t seed = 0; seed < 20; ++seed) {
            const Edits shuffled = withStageShuffled({}, m_graph, 2, seed);
            validate(shuffled, m_graph);
            QVERIFY(shuffled == withStageShuffled({}, m_graph, 2, seed));
            std::set<UnitId> taken;
            for (int unit = 0; unit < 6; ++unit) {
                const auto* other = std::get_if<WeightsOf>(&shuffled.of({2, unit}).weights);
                taken.insert(other ? other->unit : UnitId{2, unit});
            }
            QCOMPARE(taken.size(), std::size_t(6));
            QVERIFY(shuffled.of({2, 0}) == UnitEdit{});
            orders.insert(textOf(shuffled, m_graph));
        }
        QVERIFY(orders.size() > 10);
        QVERIFY(withStageReversed({}, m_graph, 3) == swapped({3, 1}, {3, 2}));
    }

    void unitsBecomeLikeOne() {
        Edits edits;
        edits.set({2, 2}, {0.5f, 0.0f, WeightsOf{{2, 4}}});
        edits.set({2, 4}, {1.0f, 1.0f, NewWeights{3}});
        const Edits same = withSame(edits, m_graph, {2, 2}, {{2, 0}, {2, 2}, {2, 3}, {2, 4}});
        QVERIFY(same.of({2, 0}) == (UnitEdit{0.5f, 0.0f, {}}));  // has other shapes
        QVERIFY(same.of({2, 2}) == edits.of({2, 2}));
        QVERIFY(same.of({2, 3}) == edits.of({2, 2}));
        QVERIFY(same.of({2, 4}) == (UnitEdit{0.5f, 0.0f, {}}));  // the weights of the fifth are its own
        QVERIFY(same.of({2, 1}) == UnitEdit{});
        validate(same, m_graph);
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
