#include "core/ops/Activation.h"
#include "tests/TestPrograms.h"
#include "tests/core/ops/Naive.h"

#include <QtTest>

using namespace resnet;

namespace {

// As the formulas of the header say, without any care for large numbers.
double byFormula(ActivationFunction function, double slope, double x) {
    switch (function) {
        case ActivationFunction::Identity:
            return x;
        case ActivationFunction::ReLU6:
            return std::min(std::max(x, 0.0), 6.0);
        case ActivationFunction::LeakyReLU:
            return x < 0 ? slope * x : x;
        case ActivationFunction::ELU:
            return x < 0 ? slope * (std::exp(x) - 1) : x;
        case ActivationFunction::Swish:
            return x / (1 + std::exp(-x));
        case ActivationFunction::GELU:
            return x * (1 + std::erf(x / std::sqrt(2.0))) / 2;
        case ActivationFunction::Tanh:
            return (std::exp(x) - std::exp(-x)) / (std::exp(x) + std::exp(-x));
        case ActivationFunction::Sigmoid:
            return 1 / (1 + std::exp(-x));
    }
    return 0;
}

constexpr ActivationFunction all[] = {ActivationFunction::Identity,  ActivationFunction::ReLU6,
                                      ActivationFunction::LeakyReLU, ActivationFunction::ELU,
                                      ActivationFunction::Swish,     ActivationFunction::GELU,
                                      ActivationFunction::Tanh,      ActivationFunction::Sigmoid};

}  // namespace

class ActivationTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void computesItsFormula() {
        FeatureMaps in = resnet::naive::someMaps({7, 5, 9}, 3);
        for (std::size_t i = 0; i < in.size(); ++i)
            in.data()[i] *= 12.0f;
        FeatureMaps out(in.shape());
        for (const ActivationFunction function : all) {
            activation(in, function, 0.3, out);
            for (std::size_t i = 0; i < in.size(); ++i) {
                const double expected = byFormula(function, 0.3, in.data()[i]);
                QVERIFY2(std::abs(out.data()[i] - expected) <= 1e-6 * std::max(1.0, std::abs(expected)),
                         std::string(name(function)).c_str());
            }
        }
    }

    void worksInPlace() {
        FeatureMaps maps = resnet::naive::someMaps({3, 4, 4}, 5);
        const std::vector<float> before(maps.data(), maps.data() + maps.size());
        activation(maps, ActivationFunction::Swish, 0.0, maps);
        for (std::size_t i = 0; i < maps.size(); ++i)
            QCOMPARE(maps.data()[i], float(activated(ActivationFunction::Swish, 0.0, before[i])));
    }

    void derivativeIsTheSlope() {
        constexpr double step = 1e-5;
        for (const ActivationFunction function : all)
            for (const double x : {-7.3, -2.0, -0.4, 0.7, 3.0, 6.6}) {
                const double slope =
                    (activated(function, 0.3, x + step) - activated(function, 0.3, x - step)) / (2 * step);
                QVERIFY2(std::abs(activationDerivative(function, 0.3, x) - slope) < 1e-6,
                         std::string(name(function)).c_str());
            }
    }

    void largeNumbersAndNotANumberPass() {
        const float infinity = std::numeric_limits<float>::infinity();
        for (const ActivationFunction function : all) {
            QVERIFY(!std::isnan(activated(function, 0.3, -1e30)));
            QVERIFY(!std::isnan(activated(function, 0.3, 1e30)));
            QVERIFY(!std::isnan(activated(function, 0.3, double(-infinity))));
            QVERIFY(std::isnan(activated(function, 0.3, std::numeric_limits<double>::quiet_NaN())));
        }
    }

    void isKnownByItsName() {
        for (const ActivationFunction function : all)
            QVERIFY(activationFunctionNamed(name(function)) == function);
        QVERIFY(!activationFunctionNamed("selu"));
    }
};

RESNET_TEST(ActivationTest)
#include "ActivationTest.moc"
