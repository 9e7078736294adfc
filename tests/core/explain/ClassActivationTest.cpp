#include "core/Error.h"
#include "core/explain/ClassActivation.h"
#include "tests/TestPrograms.h"
#include "tests/core/inference/Reference.h"

#include <QtTest>

using namespace resnet;

namespace {

float weightOf(const Network& network, int classIndex, int feature) {
    const int features = network.graph().step(network.graph().logitsStep()).input.channels;
    return network.parameter(network.graph().logitsStep(), "weight")
        .values[std::size_t(classIndex) * features + feature];
}

double total(const FeatureMaps& map) {
    return std::accumulate(map.data(), map.data() + map.size(), 0.0);
}

}  // namespace

class ClassActivationTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void isThePlainSum() {
        for (const reference::Reference& each : reference::readAll()) {
            const Run activations = runOf(each);
            const FeatureMaps& maps = *activations.output(lastMapStep(each.network->graph()));
            for (int c = 0; c < each.network->spec().classes; ++c) {
                const ClassActivation activation = classActivation(activations, c);
                for (int y = 0; y < maps.height(); ++y)
                    for (int x = 0; x < maps.width(); ++x) {
                        double positive = 0.0, negative = 0.0;
                        for (int f = 0; f < maps.channels(); ++f) {
                            const double product = double(weightOf(*each.network, c, f)) * maps.at(f, y, x);
                            (product < 0 ? negative : positive) += product;
                        }
                        const double cells = double(maps.height()) * maps.width();
                        QCOMPARE(activation.positive.at(0, y, x), float(positive / cells));
                        QCOMPARE(activation.negative.at(0, y, x), float(negative / cells));
                        QCOMPARE(activation.evidence.at(0, y, x), float((positive + negative) / cells));
                    }
            }
        }
    }

    // Nothing is lost on the way from the map to the logit.
    void sumsToTheLogit() {
        for (const reference::Reference& each : reference::readAll()) {
            const Run activations = runOf(each);
            const FeatureMaps& logits = *activations.output(each.network->graph().logitsStep());
            for (int c = 0; c < each.network->spec().classes; ++c) {
                const ClassActivation activation = classActivation(activations, c);
                QVERIFY(std::abs(activation.logit - logits.at(c, 0, 0)) < 1e-4);
                QVERIFY(std::abs(activation.bias + total(activation.evidence) - logits.at(c, 0, 0)) < 1e-4);
                double sum = activation.bias;
                for (const FeatureContribution& part : featureContributions(activations, c))
                    sum += part.contribution();
                QVERIFY(std::abs(sum - logits.at(c, 0, 0)) < 1e-4);
            }
        }
    }

    void twoClassesAreTheirDifference() {
        const reference::Reference each = reference::readAll().front();
        const Run activations = runOf(each);
        const ClassActivation a = classActivation(activations, 2);
        const ClassActivation b = classActivation(activations, 5);
        const ClassActivation difference = classActivation(activations, 2, 5);
        QVERIFY(std::abs(difference.logit - (a.logit - b.logit)) < 1e-9);
        QVERIFY(std::abs(difference.bias - (a.bias - b.bias)) < 1e-9);
        for (std::size_t i = 0; i < a.evidence.size(); ++i)
            QVERIFY(std::abs(difference.evidence.data()[i] - (a.evidence.data()[i] - b.evidence.data()[i])) <
                    1e-5);
    }

    void featuresAreSorted() {
        const reference::Reference each = reference::readAll().front();
        const Run activations = runOf(each);
        const auto features = featureContributions(activations, 3);
        const FeatureMaps& pooled = *activations.output(*each.network->graph().find("avgpool"));
        QCOMPARE(int(features.size()), pooled.channels());
        for (std::size_t i = 0; i < features.size(); ++i) {
            const FeatureContribution& part = features[i];
            if (i > 0)
                QVERIFY(part.contribution() <= features[i - 1].contribution());
            QVERIFY(std::abs(part.mean - pooled.at(part.feature, 0, 0)) < 1e-4);
            QCOMPARE(part.weight, double(weightOf(*each.network, 3, part.feature)));
        }
        QVERIFY(features.front().contribution() > 0.0 && features.back().contribution() < 0.0);
    }

    void enlargedKeepsCentresAndRange() {
        FeatureMaps map({1, 2, 3});
        for (int i = 0; i < 6; ++i)
            map.data()[i] = float(i);
        const FeatureMaps large = enlarged(map, 10, 15);
        QCOMPARE(large.at(0, 2, 2), 0.0f);  // centres of cells
        QCOMPARE(large.at(0, 2, 7), 1.0f);
        QCOMPARE(large.at(0, 7, 12), 5.0f);
        QCOMPARE(large.at(0, 0, 0), 0.0f);  // flat outside them
        QCOMPARE(large.at(0, 9, 14), 5.0f);
        QVERIFY(std::abs(large.at(0, 2, 4) - 0.4f) < 1e-6f);
        QVERIFY(std::abs(large.at(0, 4, 2) - 1.2f) < 1e-6f);
        const FeatureMaps same = enlarged(map, 2, 3);
        QVERIFY(std::equal(same.data(), same.data() + 6, map.data()));
    }

    void refusesWhatIsNotThere() {
        const reference::Reference each = reference::readAll().front();
        const Run activations = runOf(each);
        QVERIFY_EXCEPTION_THROWN(classActivation(activations, -1), Error);
        QVERIFY_EXCEPTION_THROWN(classActivation(activations, 7), Error);
        QVERIFY_EXCEPTION_THROWN(classActivation(activations, 0, 7), Error);
        const Run empty(each.network, each.input);
        QVERIFY_EXCEPTION_THROWN(classActivation(empty, 0), Error);
        QVERIFY_EXCEPTION_THROWN(featureContributions(empty, 0), Error);
    }

    // Of processor time, with room for a slow machine: some milliseconds are usual.
    void isQuick() {
        NetworkSpec spec = resNet34();
        const auto network = std::make_shared<Network>(Network::initialised(spec, 1));
        Run activations(network);
        auto maps = std::make_shared<FeatureMaps>(FeatureShape{512, 7, 7});
        std::fill_n(maps->data(), maps->size(), 1.0f);
        activations = activations.withOutput(lastMapStep(network->graph()), maps, 0.0);
        double best = std::numeric_limits<double>::infinity();
        for (int repeat = 0; repeat < 5; ++repeat) {
            const double began = tests::processorMilliseconds();
            const FeatureMaps overlay = enlarged(classActivation(activations, 1, 2).evidence, 224, 224);
            const auto features = featureContributions(activations, 1);
            best = std::min(best, tests::processorMilliseconds() - began);
            QVERIFY(overlay.height() == 224 && features.size() == 512);
        }
        qInfo("map, enlarged to 224 x 224, and contributions: %.2f ms", best);
        QVERIFY(best < tests::patience(200));
    }
};

RESNET_TEST(ClassActivationTest)
#include "ClassActivationTest.moc"
