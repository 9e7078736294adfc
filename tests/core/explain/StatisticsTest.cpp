#include "core/explain/Statistics.h"
#include "core/network/Initialization.h"
#include "tests/TestPrograms.h"

#include <QTest>

#include <tbb/global_control.h>

#include <cmath>
#include <limits>
#include <numeric>

using namespace resnet;

namespace {

constexpr float notANumber = std::numeric_limits<float>::quiet_NaN();
constexpr float infinity = std::numeric_limits<float>::infinity();

FeatureMaps randomMaps(FeatureShape shape, std::uint64_t seed, bool rectified = false) {
    FeatureMaps maps(shape);
    Random random(seed);
    for (std::size_t i = 0; i < maps.size(); ++i) {
        const float value = float(random.uniform() * 4.0 - 1.5);
        maps.data()[i] = rectified ? std::max(0.0f, value) : value;
    }
    return maps;
}

// The textbook formulas, two passes, one value after the other.
Statistics naive(const FeatureMaps& maps, int first, int last) {
    std::vector<double> values;
    Statistics s;
    for (int c = first; c <= last; ++c)
        for (int y = 0; y < maps.height(); ++y)
            for (int x = 0; x < maps.width(); ++x) {
                const float value = maps.at(c, y, x);
                s.notANumber += std::isnan(value);
                s.infinite += std::isinf(value);
                if (!std::isfinite(value))
                    continue;
                values.push_back(value);
                s.zeros += value == 0.0f;
            }
    s.count = std::int64_t(values.size());
    if (values.empty())
        return s;
    s.minimum = *std::ranges::min_element(values);
    s.maximum = *std::ranges::max_element(values);
    s.mean = std::accumulate(values.begin(), values.end(), 0.0) / double(values.size());
    double squares = 0.0;
    double deviations = 0.0;
    for (double v : values) {
        squares += v * v;
        deviations += (v - s.mean) * (v - s.mean);
    }
    s.norm = std::sqrt(squares);
    s.deviation = std::sqrt(deviations / double(values.size()));
    return s;
}

void compare(const Statistics& found, const Statistics& expected) {
    QCOMPARE(found.count, expected.count);
    QCOMPARE(found.zeros, expected.zeros);
    QCOMPARE(found.notANumber, expected.notANumber);
    QCOMPARE(found.infinite, expected.infinite);
    QCOMPARE(found.minimum, expected.minimum);
    QCOMPARE(found.maximum, expected.maximum);
    QVERIFY(std::abs(found.mean - expected.mean) <= 1e-12 * (1.0 + std::abs(expected.mean)));
    QVERIFY(std::abs(found.deviation - expected.deviation) <= 1e-9 * (1.0 + expected.deviation));
    QVERIFY(std::abs(found.norm - expected.norm) <= 1e-12 * (1.0 + expected.norm));
}

}  // namespace

class StatisticsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void agreesWithTheTextbook_data() {
        QTest::addColumn<int>("channels");
        QTest::addColumn<int>("height");
        QTest::addColumn<int>("width");
        QTest::newRow("stem") << 64 << 112 << 112;
        QTest::newRow("odd") << 5 << 7 << 3;
        QTest::newRow("one channel") << 1 << 9 << 13;
        QTest::newRow("vector") << 512 << 1 << 1;
        QTest::newRow("one value") << 1 << 1 << 1;
    }
    void agreesWithTheTextbook() {
        QFETCH(int, channels);
        QFETCH(int, height);
        QFETCH(int, width);
        const FeatureMaps maps = randomMaps({channels, height, width}, 1, channels % 2 == 0);
        compare(statisticsOf(maps), naive(maps, 0, channels - 1));
        const std::vector<Statistics> each = channelStatistics(maps);
        QCOMPARE(int(each.size()), channels);
        for (int c = 0; c < channels; ++c) {
            compare(each[std::size_t(c)], naive(maps, c, c));
            compare(statisticsOf(maps, c), naive(maps, c, c));
        }
    }

    void countsWhatIsNotFiniteAndLeavesItOut() {
        FeatureMaps maps = randomMaps({3, 4, 4}, 2);
        maps.at(0, 1, 2) = notANumber;
        maps.at(0, 3, 3) = -infinity;
        for (int i = 0; i < 16; ++i)
            maps.at(2, i / 4, i % 4) = i % 2 == 0 ? notANumber : infinity;
        compare(statisticsOf(maps), naive(maps, 0, 2));
        const std::vector<Statistics> each = channelStatistics(maps);
        QCOMPARE(each[0].notFinite(), std::int64_t(2));
        QCOMPARE(each[1].notFinite(), std::int64_t(0));
        QCOMPARE(each[2].count, std::int64_t(0));
        QCOMPARE(each[2].mean, 0.0);
        QCOMPARE(each[2].maximum, 0.0);
        QVERIFY(!each[2].isDead());
    }

    void aConstantMapHasNoDeviation() {
        FeatureMaps maps({2, 5, 5});
        for (std::size_t i = 0; i < maps.size(); ++i)
            maps.data()[i] = i % 2 == 0 ? 0.1f : 0.0f;
        const std::vector<Statistics> each = channelStatistics(maps);
        QCOMPARE(each[0].deviation, 0.0);
        QVERIFY(!each[0].isDead());
        QVERIFY(each[1].isDead());
        QCOMPARE(each[1].shareOfZeros(), 1.0);
        QCOMPARE(deadChannels(each), 1);
    }

    void threadsDoNotChangeABit() {
        const FeatureMaps maps = randomMaps({64, 56, 56}, 3);
        std::vector<Statistics> first;
        for (std::size_t threads : {1, 2, 3}) {
            const tbb::global_control control(tbb::global_control::max_allowed_parallelism, threads);
            const std::vector<Statistics> found = channelStatistics(maps);
            if (first.empty())
                first = found;
            QVERIFY(found == first);
        }
    }

    void aHistogramHoldsEveryValueOnce() {
        FeatureMaps maps = randomMaps({3, 40, 40}, 4);
        maps.at(0, 0, 0) = notANumber;
        maps.at(1, 0, 0) = 0.0f;
        maps.at(1, 0, 1) = infinity;
        const Histogram all = histogramOf(maps, 40);
        QVERIFY(all.isSigned());
        QCOMPARE(all.low, -all.high);
        QCOMPARE(all.high, statisticsOf(maps).maximum);
        QCOMPARE(all.zeros, std::int64_t(1));
        const std::int64_t sum = std::accumulate(all.counts.begin(), all.counts.end(), std::int64_t(0));
        QCOMPARE(sum, std::int64_t(maps.size()) - 3);
        std::int64_t negative = 0;
        for (std::size_t i = 0; i < maps.size(); ++i)
            negative += maps.data()[i] < 0.0f;
        QCOMPARE(std::accumulate(all.counts.begin(), all.counts.begin() + 20, std::int64_t(0)), negative);

        const Histogram one = histogramOf(maps, 1, 10);
        QCOMPARE(std::accumulate(one.counts.begin(), one.counts.end(), std::int64_t(0)), std::int64_t(1598));
    }

    void aHistogramOfRectifiedValuesBeginsAtZero() {
        FeatureMaps maps({1, 1, 6});
        const float values[] = {0.0f, 0.0f, 0.4f, 1.6f, 3.0f, 4.0f};
        std::ranges::copy(values, maps.data());
        const Histogram histogram = histogramOf(maps, 4);
        QCOMPARE(histogram.low, 0.0);
        QCOMPARE(histogram.high, 4.0);
        QCOMPARE(histogram.zeros, std::int64_t(2));
        QCOMPARE(histogram.counts, (std::vector<std::int64_t>{1, 1, 0, 2}));
    }

    void aHistogramOfNothingIsEmpty() {
        FeatureMaps maps({1, 1, 2});
        maps.data()[0] = notANumber;
        maps.data()[1] = infinity;
        QVERIFY(histogramOf(maps, 8).counts.empty());
        maps.data()[0] = 0.0f;
        QCOMPARE(histogramOf(maps, 8).zeros, std::int64_t(1));
    }

    void similarityIsCorrelation() {
        FeatureMaps maps = randomMaps({4, 6, 6}, 5);
        for (int y = 0; y < 6; ++y)
            for (int x = 0; x < 6; ++x) {
                maps.at(1, y, x) = 3.0f * maps.at(0, y, x) + 7.0f;
                maps.at(2, y, x) = -0.5f * maps.at(0, y, x);
                maps.at(3, y, x) = 2.0f;
            }
        const std::vector<double> similarity = similarityTo(maps, channelStatistics(maps), 0);
        QVERIFY(std::abs(similarity[0] - 1.0) < 1e-9);
        QVERIFY(std::abs(similarity[1] - 1.0) < 1e-5);
        QVERIFY(std::abs(similarity[2] + 1.0) < 1e-5);
        QCOMPARE(similarity[3], 0.0);
    }
};

RESNET_EVENT_LOOP_TEST(StatisticsTest)
#include "StatisticsTest.moc"
