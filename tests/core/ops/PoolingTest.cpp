#include "core/ops/AveragePool.h"
#include "core/ops/GlobalAveragePool.h"
#include "core/ops/GlobalMaxPool.h"
#include "core/ops/Isa.h"
#include "core/ops/MaxPool.h"
#include "tests/TestPrograms.h"
#include "tests/core/ops/Naive.h"

#include <QtTest>

using namespace resnet;

namespace {

FeatureMaps naiveMaxPool(const FeatureMaps& in, const PoolWindow& window, const FeatureShape& shape) {
    FeatureMaps out(shape);
    for (int c = 0; c < shape.channels; ++c)
        for (int y = 0; y < shape.height; ++y)
            for (int x = 0; x < shape.width; ++x) {
                float largest = -std::numeric_limits<float>::infinity();
                for (int ky = 0; ky < window.kernel; ++ky)
                    for (int kx = 0; kx < window.kernel; ++kx) {
                        const int iy = y * window.stride + ky - window.padTop;
                        const int ix = x * window.stride + kx - window.padLeft;
                        if (iy >= 0 && iy < in.height() && ix >= 0 && ix < in.width())
                            largest = std::max(largest, in.at(c, iy, ix));
                    }
                out.at(c, y, x) = largest;
            }
    return out;
}

}  // namespace

class PoolingTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    // Values below zero tell padding that takes part from padding that does not.
    void maxPoolIgnoresThePadding() {
        struct Case {
            FeatureShape in, out;
            PoolWindow window;
        };
        const Case cases[] = {{{8, 16, 16}, {8, 8, 8}, {3, 2, 0, 0}},
                              {{7, 17, 23}, {7, 9, 12}, {3, 2, 1, 1}},
                              {{64, 15, 10}, {64, 8, 5}, {3, 2, 1, 0}},
                              {{19, 1, 2}, {19, 1, 1}, {3, 2, 1, 1}}};
        for (const Isa isa : supportedIsas())
            for (const Case& each : cases) {
                FeatureMaps in = naive::someMaps(each.in, 1);
                for (std::size_t i = 0; i < in.size(); ++i)
                    in.data()[i] -= 2.0f;
                FeatureMaps actual(each.out);
                maxPool(in, each.window, actual, kernelsFor(isa));
                const FeatureMaps expected = naiveMaxPool(in, each.window, each.out);
                QVERIFY(std::equal(actual.data(), actual.data() + actual.size(), expected.data()));
            }
    }

    // Wherever in the window it stands, and whatever stands beside it.
    void notANumberWins() {
        const float nan = std::numeric_limits<float>::quiet_NaN();
        const float infinity = std::numeric_limits<float>::infinity();
        for (const Isa isa : supportedIsas())
            for (int channels : {3, 16, 33})
                for (int at = 0; at < 9; ++at)
                    for (const float beside : {-infinity, 0.0f, infinity}) {
                        FeatureMaps in({channels, 3, 3});
                        std::fill_n(in.data(), in.size(), beside);
                        in.at(channels - 1, at / 3, at % 3) = nan;
                        FeatureMaps out({channels, 1, 1});
                        maxPool(in, {3, 2, 0, 0}, out, kernelsFor(isa));
                        QVERIFY(std::isnan(out.at(channels - 1, 0, 0)));
                        QCOMPARE(out.at(0, 0, 0), beside);
                    }
    }

    void globalAveragePoolAveragesEachImage() {
        const FeatureShape shape{131, 7, 5};
        const int images = 2;
        const auto in = naive::someValues(shape.size() * images, 2);
        std::vector<float> out(131 * images);
        globalAveragePool({in.data(), shape, images}, {out.data(), {131, 1, 1}, images});
        for (int image = 0; image < images; ++image)
            for (int c = 0; c < 131; ++c) {
                double sum = 0.0;
                for (int cell = 0; cell < 35; ++cell)
                    sum += in[std::size_t((image * 35 + cell) * 131 + c)];
                QCOMPARE(out[std::size_t(image * 131 + c)], float(sum / 35));
            }
    }

    void averagePoolCountsThePaddingOnlyWhereAsked() {
        struct Case {
            FeatureShape in, out;
            PoolWindow window;
        };
        const Case cases[] = {{{8, 16, 16}, {8, 8, 8}, {2, 2, 0, 0}},
                              {{7, 17, 23}, {7, 9, 12}, {3, 2, 1, 1}},
                              {{5, 6, 4}, {5, 1, 1}, {8, 8, 1, 2}}};
        for (const bool countsPadding : {false, true})
            for (const Case& each : cases) {
                const FeatureMaps in = naive::someMaps(each.in, 1);
                FeatureMaps actual(each.out);
                averagePool(in, each.window, countsPadding, actual);
                for (int c = 0; c < each.out.channels; ++c)
                    for (int y = 0; y < each.out.height; ++y)
                        for (int x = 0; x < each.out.width; ++x) {
                            double sum = 0.0;
                            int count = 0;
                            for (int ky = 0; ky < each.window.kernel; ++ky)
                                for (int kx = 0; kx < each.window.kernel; ++kx) {
                                    const int iy = y * each.window.stride + ky - each.window.padTop;
                                    const int ix = x * each.window.stride + kx - each.window.padLeft;
                                    const bool isThere =
                                        iy >= 0 && iy < in.height() && ix >= 0 && ix < in.width();
                                    sum += isThere ? double(in.at(c, iy, ix)) : 0.0;
                                    count += isThere || countsPadding;
                                }
                            QVERIFY(std::abs(actual.at(c, y, x) - sum / count) < 1e-6);
                        }
            }
    }

    void globalMaxPoolKeepsTheLargest() {
        FeatureMaps in = naive::someMaps({5, 4, 7}, 8);
        FeatureMaps out({5, 1, 1});
        globalMaxPool(in, out);
        for (int c = 0; c < 5; ++c) {
            float largest = in.at(c, 0, 0);
            for (int y = 0; y < 4; ++y)
                for (int x = 0; x < 7; ++x)
                    largest = std::max(largest, in.at(c, y, x));
            QCOMPARE(out.at(c, 0, 0), largest);
        }
        in.at(2, 3, 1) = std::numeric_limits<float>::quiet_NaN();
        globalMaxPool(in, out);
        QVERIFY(std::isnan(out.at(2, 0, 0)));
        QVERIFY(!std::isnan(out.at(1, 0, 0)));
    }
};

RESNET_TEST(PoolingTest)
#include "PoolingTest.moc"
