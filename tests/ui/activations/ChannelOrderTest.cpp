#include "tests/TestPrograms.h"
#include "ui/activations/ChannelOrder.h"

#include <QTest>

using namespace resnet;
using namespace resnet::ui;

namespace {

Statistics with(double mean, double maximum, double deviation, std::int64_t zeros) {
    Statistics s;
    s.count = 10;
    s.mean = mean;
    s.maximum = maximum;
    s.deviation = deviation;
    s.zeros = zeros;
    return s;
}

const std::vector<Statistics> channels{with(1, 9, 0.1, 3), with(5, 7, 0.3, 0), with(5, 8, 0.2, 10),
                                       with(0, 1, 0.0, 10)};

using Order = std::vector<int>;

Order filtered(const char* text) {
    const std::optional<ChannelFilter> filter = ChannelFilter::parse(QString::fromUtf8(text));
    return filter ? channelOrder(channels, SortKey::Index, {}, *filter) : Order{-1};
}

}  // namespace

class ChannelOrderTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void sortsLargestFirstAndTiesByIndex() {
        QCOMPARE(channelOrder(channels, SortKey::Index), (Order{0, 1, 2, 3}));
        QCOMPARE(channelOrder(channels, SortKey::Mean), (Order{1, 2, 0, 3}));
        QCOMPARE(channelOrder(channels, SortKey::Maximum), (Order{0, 2, 1, 3}));
        QCOMPARE(channelOrder(channels, SortKey::StandardDeviation), (Order{1, 2, 0, 3}));
        QCOMPARE(channelOrder(channels, SortKey::ShareOfZeros), (Order{2, 3, 0, 1}));
        QCOMPARE(channelOrder(channels, SortKey::Similarity, {0.1, -1.0, 1.0, 0.5}), (Order{2, 3, 0, 1}));
        QCOMPARE(channelOrder({}, SortKey::Mean), Order());
    }

    void filtersByIndexAndState() {
        QCOMPARE(filtered(""), (Order{0, 1, 2, 3}));
        QCOMPARE(filtered("2"), (Order{2}));
        QCOMPARE(filtered(" 3, 0-1 "), (Order{0, 1, 3}));
        QCOMPARE(filtered("2–1"), (Order{1, 2}));
        QCOMPARE(filtered("dead"), (Order{2, 3}));
        QCOMPARE(filtered("Live"), (Order{0, 1}));
        QCOMPARE(filtered("dead, 0"), (Order{0, 2, 3}));
        QCOMPARE(filtered("nan"), Order());
        QCOMPARE(filtered("900"), Order());
        QCOMPARE(filtered(","), (Order{0, 1, 2, 3}));
    }

    void refusesWhatItCannotRead() {
        for (const char* text : {"church", "1-", "-3", "1.5", "1 2", "99999999999"})
            QCOMPARE(filtered(text), (Order{-1}));
    }
};

RESNET_EVENT_LOOP_TEST(ChannelOrderTest)
#include "ChannelOrderTest.moc"
