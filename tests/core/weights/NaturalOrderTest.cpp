#include "core/weights/NaturalOrder.h"
#include "tests/TestPrograms.h"

#include <QtTest>

#include <algorithm>
#include <string>
#include <vector>

using namespace resnet;

class NaturalOrderTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void numbersAreComparedAsNumbers() {
        const std::vector<std::string> sorted{"conv2d",    "conv2d_1",   "conv2d_2",
                                              "conv2d_10", "conv2d_10x", "dense"};
        std::vector<std::string> mixed = sorted;
        std::ranges::reverse(mixed);
        std::ranges::sort(mixed, naturallyLess);
        QCOMPARE(mixed, sorted);
        QVERIFY(!naturallyLess("a007", "a7") && !naturallyLess("a7", "a007"));
        QVERIFY(naturallyLess("a99999999999999999998", "a99999999999999999999"));
    }
};

RESNET_TEST(NaturalOrderTest)
#include "NaturalOrderTest.moc"
