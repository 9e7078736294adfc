#include "core/ops/Activation.h"
#include "core/ops/AveragePool.h"
#include "core/ops/BatchNorm.h"
#include "core/ops/Dense.h"
#include "core/ops/GlobalAveragePool.h"
#include "core/ops/GlobalMaxPool.h"
#include "core/ops/Isa.h"
#include "core/ops/MaxPool.h"
#include "core/ops/Pad.h"
#include "core/ops/Relu.h"
#include "core/ops/Softmax.h"
#include "tests/TestPrograms.h"
#include "tests/core/ops/Naive.h"

#include <QtTest>

#include <cstring>

using namespace resnet;

class BackwardTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    // Nothing passes where the input is 0 (of either sign); guided, nothing below zero does.
    void reluGatesTheGradient() {
        const std::vector<float> values{1.0f, 0.0f, -0.0f, -2.0f, 3.0f, 1e-30f, -1e-30f};
        const std::vector<float> gradient{5.0f, 5.0f, 5.0f, 5.0f, -5.0f, 7.0f, 7.0f,
                                          1.0f, 1.0f, 1.0f, 1.0f, 2.0f,  3.0f, 4.0f};
        const std::vector<float> plain{5, 0, 0, 0, -5, 7, 0, 1, 0, 0, 0, 2, 3, 0};
        const std::vector<float> guided{5, 0, 0, 0, 0, 7, 0, 1, 0, 0, 0, 2, 3, 0};
        const FeatureShape shape{7, 1, 1};
        for (const Isa isa : supportedIsas())
            for (const auto& [rule, expected] :
                 {std::pair(ReluRule::Derivative, plain), {ReluRule::Guided, guided}}) {
                std::vector<float> out(gradient.size());
                reluBackward({gradient.data(), shape, 2}, {values.data(), shape}, rule,
                             {out.data(), shape, 2}, kernelsFor(isa));
                QVERIFY(out == expected);
            }
    }

    void batchNormScalesEachChannel() {
        const FeatureShape shape{19, 5, 3};
        const FoldedBatchNorm folded(naive::someValues(19, 1), naive::someValues(19, 2),
                                     naive::someValues(19, 3), std::vector<float>(19, 0.5f), 1e-3);
        const auto gradient = naive::someValues(shape.size() * 2, 4);
        for (const Isa isa : supportedIsas()) {
            std::vector<float> out(gradient.size());
            batchNormBackward({gradient.data(), shape, 2}, folded, {out.data(), shape, 2}, kernelsFor(isa));
            for (std::size_t i = 0; i < out.size(); ++i)
                QCOMPARE(out[i], gradient[i] * folded.scale()[i % 19]);
        }
    }

    void maxPoolGivesToTheFirstOfTheLargest() {
        const PoolWindow windows[] = {{3, 2, 0, 0}, {3, 2, 1, 1}, {2, 2, 0, 0}, {3, 1, 1, 1}};
        for (const PoolWindow& window : windows)
            for (const FeatureShape& in : {FeatureShape{3, 9, 8}, {37, 16, 11}}) {
                const FeatureShape out{in.channels,
                                       (in.height + 2 * window.padTop - window.kernel) / window.stride + 1,
                                       (in.width + 2 * window.padLeft - window.kernel) / window.stride + 1};
                FeatureMaps values = naive::someMaps(in, 1);
                for (std::size_t i = 0; i < values.size(); ++i)
                    values.data()[i] = std::round(3.0f * values.data()[i]);  // many are equal
                const FeatureMaps gradient = naive::someMaps(out, 2);
                FeatureMaps expected(in);
                std::fill_n(expected.data(), expected.size(), 0.0f);
                for (int c = 0; c < out.channels; ++c)
                    for (int y = 0; y < out.height; ++y)
                        for (int x = 0; x < out.width; ++x) {
                            Cell best{-1, -1};
                            for (int iy = y * window.stride - window.padTop;
                                 iy < y * window.stride - window.padTop + window.kernel; ++iy)
                                for (int ix = x * window.stride - window.padLeft;
                                     ix < x * window.stride - window.padLeft + window.kernel; ++ix)
                                    if (iy >= 0 && ix >= 0 && iy < in.height && ix < in.width &&
                                        (best.y < 0 || values.at(c, iy, ix) > values.at(c, best.y, best.x)))
                                        best = {iy, ix};
                            expected.at(c, best.y, best.x) += gradient.at(c, y, x);
                        }
                for (const Isa isa : supportedIsas()) {
                    FeatureMaps actual(in);
                    maxPoolBackward(gradient, values, window, actual, kernelsFor(isa));
                    QVERIFY(std::equal(actual.data(), actual.data() + actual.size(), expected.data()));
                }
            }
    }

    void maxPoolGivesToWhatIsNotANumber() {
        FeatureMaps values({1, 3, 3});
        std::fill_n(values.data(), 9, std::numeric_limits<float>::infinity());
        values.at(0, 1, 1) = std::numeric_limits<float>::quiet_NaN();
        FeatureMaps gradient({1, 1, 1});
        gradient.at(0, 0, 0) = 2.0f;
        for (const Isa isa : supportedIsas()) {
            FeatureMaps actual({1, 3, 3});
            maxPoolBackward(gradient, values, {3, 2, 0, 0}, actual, kernelsFor(isa));
            for (int cell = 0; cell < 9; ++cell)
                QCOMPARE(actual.data()[cell], cell == 4 ? 2.0f : 0.0f);
        }
    }

    void globalAveragePoolSharesOut() {
        const FeatureShape shape{5, 7, 3};
        const auto gradient = naive::someValues(10, 1);
        std::vector<float> out(shape.size() * 2);
        globalAveragePoolBackward({gradient.data(), {5, 1, 1}, 2}, {out.data(), shape, 2});
        for (std::size_t i = 0; i < out.size(); ++i)
            QCOMPARE(out[i], float(gradient[i / shape.size() * 5 + i % 5] / 21.0));
    }

    // <dY, A x> = <A' dY, x> for all x: what goes back through a linear operation is its transpose.
    void averagePoolAndPadAreTransposed() {
        const FeatureShape in{5, 9, 7};
        const auto x = naive::someValues(in.size(), 1);
        const auto checkTransposed = [&](const FeatureShape& out, const auto& forward, const auto& back) {
            const auto gradient = naive::someValues(out.size(), 2);
            std::vector<float> y(out.size()), given(in.size(), 9.0f);
            forward(MapsView(x.data(), in), MutableMapsView{y.data(), out, 1});
            back(MapsView(gradient.data(), out), MutableMapsView{given.data(), in, 1});
            double there = 0.0, here = 0.0;
            for (std::size_t i = 0; i < y.size(); ++i)
                there += double(y[i]) * gradient[i];
            for (std::size_t i = 0; i < x.size(); ++i)
                here += double(x[i]) * given[i];
            QVERIFY2(std::abs(there - here) < 1e-5 * std::max(1.0, std::abs(there)),
                     (std::to_string(there) + " " + std::to_string(here)).c_str());
        };
        for (const bool counts : {false, true}) {
            const PoolWindow window{3, 2, 1, 1};
            checkTransposed(
                {5, 5, 4},
                [&](const MapsView& from, const MutableMapsView& to) {
                    averagePool(from, window, counts, to);
                },
                [&](const MapsView& from, const MutableMapsView& to) {
                    averagePoolBackward(from, window, counts, to);
                });
        }
        for (const PadWindow& window :
             {PadWindow{2, 0, 0, 3}, PadWindow{1, 2, 1, 0}, PadWindow{1, -1, -2, 1}})
            checkTransposed(
                {11, 5, 6}, [&](const MapsView& from, const MutableMapsView& to) { pad(from, window, to); },
                [&](const MapsView& from, const MutableMapsView& to) { padBackward(from, window, to); });
    }

    void activationsAreTheirDifferences() {
        const FeatureShape shape{3, 4, 5};
        auto x = naive::someValues(shape.size(), 4);
        for (float& value : x)
            value = value * 3.0f + 0.011f;  // away from the corners
        const std::vector<float> ones(shape.size() * 2, 2.0f);
        std::vector<float> out(shape.size() * 2);
        for (const auto function :
             {ActivationFunction::Identity, ActivationFunction::ReLU6, ActivationFunction::LeakyReLU,
              ActivationFunction::ELU, ActivationFunction::Swish, ActivationFunction::GELU,
              ActivationFunction::Tanh, ActivationFunction::Sigmoid}) {
            activationBackward({ones.data(), shape, 2}, {x.data(), shape}, function, 0.3,
                               {out.data(), shape, 2});
            for (std::size_t i = 0; i < out.size(); ++i) {
                const double at = x[i % x.size()];
                const double slope =
                    (activated(function, 0.3, at + 1e-6) - activated(function, 0.3, at - 1e-6)) / 2e-6;
                QVERIFY2(std::abs(out[i] - 2.0 * slope) < 1e-5, std::string(name(function)).c_str());
            }
        }
    }

    void globalMaxPoolGivesToTheFirstOfTheLargest() {
        const std::vector<float> x{1, 5, 3, 5, 3, 2};  // three cells of two channels
        const std::vector<float> gradient{7, 8};
        std::vector<float> out(6);
        globalMaxPoolBackward({gradient.data(), {2, 1, 1}}, {x.data(), {2, 1, 3}}, {out.data(), {2, 1, 3}});
        QCOMPARE(out, (std::vector<float>{0, 8, 7, 0, 0, 0}));
    }

    void denseGoesBackThroughItsMatrix() {
        const int features = 131;
        const int outputs = 7;
        const auto weight = naive::someValues(std::size_t(features) * outputs, 1);
        const auto gradient = naive::someValues(2 * outputs, 2);
        std::vector<float> out(2 * features);
        denseBackward({gradient.data(), {outputs, 1, 1}, 2}, weight.data(),
                      {out.data(), {features, 1, 1}, 2});
        for (int i = 0; i < 2 * features; ++i) {
            double sum = 0.0;
            for (int n = 0; n < outputs; ++n)
                sum += double(gradient[std::size_t(i / features * outputs + n)]) *
                       weight[std::size_t(n * features + i % features)];
            QCOMPARE(out[std::size_t(i)], float(sum));
        }
    }

    // The softmax's own differences, in double precision.
    void softmaxIsItsDerivative() {
        const std::vector<double> scores{0.3, -1.2, 2.0, 0.9};
        const auto probabilities = [](const std::vector<double>& of) {
            std::vector<double> made;
            double sum = 0.0;
            for (const double score : of)
                sum += std::exp(score);
            for (const double score : of)
                made.push_back(std::exp(score) / sum);
            return made;
        };
        const std::vector<float> gradient{1.0f, -2.0f, 0.5f, 3.0f};
        const std::vector<double> p = probabilities(scores);
        const std::vector<float> rounded(p.begin(), p.end());
        std::vector<float> out(4);
        softmaxBackward({gradient.data(), {4, 1, 1}}, {rounded.data(), {4, 1, 1}}, {out.data(), {4, 1, 1}});
        for (std::size_t i = 0; i < 4; ++i) {
            std::vector<double> up = scores;
            std::vector<double> down = scores;
            up[i] += 1e-5;
            down[i] -= 1e-5;
            double difference = 0.0;
            for (std::size_t j = 0; j < 4; ++j)
                difference += gradient[j] * (probabilities(up)[j] - probabilities(down)[j]) / 2e-5;
            QVERIFY(std::abs(out[i] - difference) < 1e-6);
        }
    }
};

RESNET_TEST(BackwardTest)
#include "BackwardTest.moc"
