#include "core/ops/Add.h"
#include "core/ops/BatchNorm.h"
#include "core/ops/Isa.h"
#include "core/ops/ParallelCells.h"
#include "core/ops/Relu.h"
#include "tests/TestPrograms.h"
#include "tests/core/ops/Naive.h"

#include <QtTest>

using namespace resnet;

namespace {
const FeatureShape shapes[] = {{1, 1, 1}, {3, 5, 7}, {16, 3, 3}, {19, 11, 13}, {64, 7, 5}, {130, 17, 9}};
}

class ElementwiseTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void batchNormIsItsFormula() {
        for (const Isa isa : supportedIsas())
            for (const FeatureShape& shape : shapes) {
                const std::size_t channels = std::size_t(shape.channels);
                const FeatureMaps in = naive::someMaps(shape, 1);
                const auto gamma = naive::someValues(channels, 2), beta = naive::someValues(channels, 3),
                           mean = naive::someValues(channels, 4);
                auto variance = naive::someValues(channels, 5);
                for (float& value : variance)
                    value = value * value + 0.1f;
                FeatureMaps expected(shape);
                for (int c = 0; c < shape.channels; ++c)
                    for (int y = 0; y < shape.height; ++y)
                        for (int x = 0; x < shape.width; ++x)
                            expected.at(c, y, x) = float(gamma[std::size_t(c)] *
                                                             (double(in.at(c, y, x)) - mean[std::size_t(c)]) /
                                                             std::sqrt(variance[std::size_t(c)] + 1e-3) +
                                                         beta[std::size_t(c)]);
                FeatureMaps actual(shape);
                batchNorm(in, FoldedBatchNorm(gamma, beta, mean, variance, 1e-3), actual, kernelsFor(isa));
                QVERIFY(naive::relativeError(actual, expected) < 1e-6);
            }
    }

    void reluCutsBelowZeroAndKeepsNotANumber() {
        for (const Isa isa : supportedIsas())
            for (const FeatureShape& shape : shapes) {
                FeatureMaps in = naive::someMaps(shape, 6);
                in.data()[in.size() / 2] = std::numeric_limits<float>::quiet_NaN();
                FeatureMaps actual(shape);
                relu(in, actual, kernelsFor(isa));
                for (std::size_t i = 0; i < in.size(); ++i)
                    if (std::isnan(in.data()[i]))
                        QVERIFY(std::isnan(actual.data()[i]));
                    else
                        QCOMPARE(actual.data()[i], std::max(in.data()[i], 0.0f));
            }
    }

    void addAdds() {
        for (const Isa isa : supportedIsas())
            for (const FeatureShape& shape : shapes) {
                const FeatureMaps a = naive::someMaps(shape, 7), b = naive::someMaps(shape, 8);
                FeatureMaps actual(shape);
                add(a, b, actual, kernelsFor(isa));
                for (std::size_t i = 0; i < a.size(); ++i)
                    QCOMPARE(actual.data()[i], a.data()[i] + b.data()[i]);
            }
    }

    void anExceptionInATaskReachesTheCaller() {
        FeatureMaps maps({16, 64, 64});
        const auto run = [&] {
            forCellRanges(maps, {}, [](std::size_t first, std::size_t) {
                if (first > 0)
                    throw std::runtime_error("no");
            });
        };
        QVERIFY_THROWS_EXCEPTION(std::runtime_error, run());
    }

    void aStopRequestLeavesTheRestUndone() {
        const FeatureMaps in = naive::someMaps({16, 64, 64}, 9);
        FeatureMaps out(in.shape());
        std::fill_n(out.data(), out.size(), 5.0f);
        std::stop_source source;
        source.request_stop();
        relu(in, out, kernelsFor(bestIsa()), source.get_token());
        QVERIFY(std::all_of(out.data(), out.data() + out.size(), [](float value) { return value == 5.0f; }));
    }
};

RESNET_TEST(ElementwiseTest)
#include "ElementwiseTest.moc"
