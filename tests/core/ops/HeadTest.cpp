#include "core/ops/Dense.h"
#include "core/ops/Softmax.h"
#include "tests/TestPrograms.h"
#include "tests/core/ops/Naive.h"

#include <QtTest>

using namespace resnet;

class HeadTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void denseIsItsFormula() {
        for (const auto& [features, outputs] : {std::pair(1, 1), {37, 5}, {512, 130}, {64, 1000}}) {
            const int images = 3;
            const auto in = naive::someValues(std::size_t(features * images), 1);
            const auto weight = naive::someValues(std::size_t(features * outputs), 2);
            const auto bias = naive::someValues(std::size_t(outputs), 3);
            std::vector<float> out(std::size_t(outputs * images));
            dense({in.data(), {features, 1, 1}, images}, weight.data(), bias.data(),
                  {out.data(), {outputs, 1, 1}, images});
            for (int image = 0; image < images; ++image)
                for (int n = 0; n < outputs; ++n) {
                    double sum = bias[std::size_t(n)];
                    for (int f = 0; f < features; ++f)
                        sum += double(in[std::size_t(image * features + f)]) *
                               weight[std::size_t(n * features + f)];
                    QVERIFY(std::abs(out[std::size_t(image * outputs + n)] - sum) < 1e-5);
                }
        }
    }

    void softmaxSumsToOneAndSurvivesLargeScores() {
        const std::vector<float> scores{1000.0f, 999.0f, -1000.0f, 0.0f, 0.0f, 0.0f};
        std::vector<float> out(scores.size());
        softmax({scores.data(), {3, 1, 1}, 2}, {out.data(), {3, 1, 1}, 2});
        const double e = std::exp(-1.0);
        QVERIFY(std::abs(out[0] - 1.0 / (1.0 + e)) < 1e-6);
        QVERIFY(std::abs(out[1] - e / (1.0 + e)) < 1e-6);
        QCOMPARE(out[2], 0.0f);
        for (int i = 3; i < 6; ++i)
            QVERIFY(std::abs(out[std::size_t(i)] - 1.0 / 3) < 1e-6);
    }
};

RESNET_TEST(HeadTest)
#include "HeadTest.moc"
