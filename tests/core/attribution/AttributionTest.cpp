#include "core/Error.h"
#include "core/attribution/Attribution.h"
#include "core/attribution/Quadrature.h"
#include "core/explain/ClassActivation.h"
#include "tests/TestPrograms.h"
#include "tests/core/inference/Experiments.h"

#include <QtTest>

#include <cmath>

using namespace resnet;

namespace {

struct Attributed {
    explicit Attributed(const std::string& folder = RESNET_SOURCE_DIR
                        "/tests/data/experiments/narrow-same-96",
                        const char* edits = "")
        : network(reference::readNetwork(folder)),
          forward(network, 2),
          backward(forward.packed()),
          run(forward.start(reference::readInput(folder + "/input.npy", network->spec().inputShape()),
                            editsFrom(edits, network->graph()))) {
        forward.run(run);
    }
    Attribution of(const AttributionRequest& request) { return *attribute(forward, backward, run, request); }
    FeatureMapsPtr gradient(StepId step, int classIndex) {
        return backward.run(run, scoreOf(network->graph(), classIndex))->of(step);
    }

    std::shared_ptr<const Network> network;
    Executor forward;
    BackwardExecutor backward;
    Run run;
};

double largest(const FeatureMaps& maps) {
    double found = 0.0;
    for (std::size_t i = 0; i < maps.size(); ++i)
        found = std::max(found, std::abs(double(maps.data()[i])));
    return found;
}

double difference(const FeatureMaps& a, const FeatureMaps& b) {
    double worst = a.shape() == b.shape() ? 0.0 : std::numeric_limits<double>::infinity();
    for (std::size_t i = 0; std::isfinite(worst) && i < a.size(); ++i)
        worst = std::max(worst, std::abs(double(a.data()[i]) - b.data()[i]));
    return worst / largest(b);
}

}  // namespace

class AttributionTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void nodesIntegratePolynomialsExactly() {
        for (const int count : {1, 2, 5, 8, 50, 200}) {
            const std::vector<QuadratureNode> nodes = gaussLegendre(count);
            QCOMPARE(nodes.size(), std::size_t(count));
            for (const int degree : {0, 1, 2 * count - 1}) {
                double sum = 0.0;
                for (const QuadratureNode& node : nodes)
                    sum += node.weight * std::pow(node.at, degree);
                QVERIFY(std::abs(sum - 1.0 / (degree + 1)) < 1e-13);
            }
        }
    }

    void integratedAgreesWithPyTorch() {
        Attributed subject;
        const SafetensorsContent expected = readSafetensors(
            RESNET_SOURCE_DIR "/tests/data/experiments/narrow-same-96/integrated.safetensors");
        AttributionRequest request;
        request.method = AttributionMethod::Integrated;
        request.classIndex = std::stoi(expected.metadata.at("class"));
        request.nodes = 8;
        const Attribution found = subject.of(request);
        const double error = reference::relativeError(found.map, expected.tensors.at("integrated"));
        QVERIFY2(error < 1e-4, std::to_string(error).c_str());
        // PyTorch's gap is the difference minus the sum.
        QVERIFY(std::abs(found.gap() + std::stod(expected.metadata.at("gap"))) < 1e-4);
        qInfo("largest error %.1e, gap %.4f", error, found.gap());
    }

    // A baseline has its own score; from the input itself there is nothing to tell.
    void moreNodesCloseTheGapFromAnyBaseline() {
        Attributed subject;
        AttributionRequest request;
        request.method = AttributionMethod::Integrated;
        request.classIndex = 3;
        request.against = 1;
        auto baseline = std::make_shared<FeatureMaps>(subject.run.input()->shape());
        std::fill_n(baseline->data(), baseline->size(), -1.5f);
        request.baseline = baseline;
        request.nodes = 200;
        const Attribution found = subject.of(request);
        const auto difference = [](const Run& run) {
            const FeatureMaps& scores = *run.output(run.graph().logitsStep());
            return double(scores.at(3, 0, 0)) - scores.at(1, 0, 0);
        };
        Run from = subject.forward.start(baseline);
        subject.forward.run(from);
        QVERIFY(std::abs(*found.scoreDifference - (difference(subject.run) - difference(from))) < 1e-6);
        QVERIFY(std::abs(found.gap()) < 0.05 * std::abs(*found.scoreDifference));
        request.baseline = subject.run.input();
        QCOMPARE(largest(subject.of(request).map), 0.0);
    }

    // With global average pooling right after the last unit, both are the class activation map.
    void atTheLastUnitGradCamIsTheClassActivationMap() {
        for (const char* edits : {"", "layer4.2:F=0.5,layer3.1:x=0"}) {
            Attributed subject(RESNET_SOURCE_DIR "/tests/data/experiments/narrow-same-96", edits);
            for (const std::optional<int> against : {std::optional<int>(), {5}}) {
                const FeatureMaps expected = classActivation(subject.run, 2, against).evidence;
                for (const AttributionMethod method :
                     {AttributionMethod::GradCam, AttributionMethod::HiResCam}) {
                    AttributionRequest request;
                    request.method = method;
                    request.classIndex = 2;
                    request.against = against;
                    QVERIFY(difference(subject.of(request).map, expected) < 1e-5);
                }
            }
        }
    }

    void mapsOfStepsAreTheirFormulas() {
        Attributed subject;
        const StepId step = *subject.network->graph().find("layer2.1.bn2");
        const FeatureMaps& a = *subject.run.output(step);
        const FeatureMapsPtr g = subject.gradient(step, 4);
        FeatureMaps cam({1, a.height(), a.width()});
        FeatureMaps hires(cam.shape());
        FeatureMaps layer(cam.shape());
        for (int y = 0; y < a.height(); ++y)
            for (int x = 0; x < a.width(); ++x) {
                double sums[3] = {};
                for (int c = 0; c < a.channels(); ++c) {
                    double mean = 0.0;
                    for (int gy = 0; gy < a.height(); ++gy)
                        for (int gx = 0; gx < a.width(); ++gx)
                            mean += g->at(c, gy, gx);
                    sums[0] += mean / double(cam.size()) * a.at(c, y, x);
                    sums[1] += double(g->at(c, y, x)) * a.at(c, y, x);
                    sums[2] += std::max(double(g->at(c, y, x)), 0.0) * a.at(c, y, x);
                }
                cam.at(0, y, x) = float(sums[0]);
                hires.at(0, y, x) = float(sums[1]);
                layer.at(0, y, x) = float(sums[2]);
            }
        AttributionRequest request;
        request.classIndex = 4;
        request.step = step;
        QVERIFY(difference(subject.of(request).map, cam) < 1e-6);
        request.method = AttributionMethod::HiResCam;
        QVERIFY(difference(subject.of(request).map, hires) < 1e-6);
        request.method = AttributionMethod::LayerCam;
        QVERIFY(difference(subject.of(request).map, layer) < 1e-6);
    }

    void allUnitsFromOneWayBackAreThoseOfEach() {
        Attributed subject;
        for (const AttributionMethod method :
             {AttributionMethod::GradCam, AttributionMethod::HiResCam, AttributionMethod::LayerCam}) {
            AttributionRequest request;
            request.method = method;
            request.classIndex = 4;
            const auto maps = attributeUnits(subject.backward, subject.run, request);
            QCOMPARE(maps->size(), std::size_t(16));
            for (const std::size_t unit : {0, 7, 15}) {
                request.step = subject.network->graph().units()[unit].output;
                QVERIFY(difference(maps->at(unit), subject.of(request).map) == 0.0);
            }
        }
    }

    // The terms of a sum, each with its gain, make the map of the sum; one that is off has none of it.
    void mapsOfTheTwoTermsAddUpToThatOfTheSum() {
        Attributed subject(RESNET_SOURCE_DIR "/tests/data/experiments/narrow-same-96",
                           "layer4.2:F=0.5,layer3.1:x=0");
        AttributionRequest request;
        request.classIndex = 4;
        for (const AttributionMethod method :
             {AttributionMethod::GradCam, AttributionMethod::HiResCam, AttributionMethod::LayerCam}) {
            request.method = method;
            const auto at = [&](UnitPlace place) {
                return *attributeUnits(subject.backward, subject.run, request, {}, place);
            };
            const auto sums = at(UnitPlace::Sum);
            const auto mainPaths = at(UnitPlace::MainPath);
            const auto shortcuts = at(UnitPlace::Shortcut);
            for (std::size_t unit = 0; unit < sums.size(); ++unit) {
                FeatureMaps together(sums[unit].shape());
                for (std::size_t i = 0; i < together.size(); ++i)
                    together.data()[i] = mainPaths[unit].data()[i] + shortcuts[unit].data()[i];
                QVERIFY(difference(together, sums[unit]) < 1e-5);
                QVERIFY(largest(mainPaths[unit]) > 0.0);
            }
            QCOMPARE(largest(shortcuts[8]), 0.0);  // layer3.1
            request.step = subject.network->graph().units()[5].add;
            QVERIFY(difference(sums[5], subject.of(request).map) == 0.0);
        }
    }

    void mapsOfPixelsAreTheirFormulas() {
        Attributed subject;
        const FeatureMapsPtr g = subject.gradient(inputStep, 4);
        FeatureMaps product(g->shape());
        for (std::size_t i = 0; i < product.size(); ++i)
            product.data()[i] = g->data()[i] * subject.run.input()->data()[i];
        AttributionRequest request;
        request.classIndex = 4;
        request.method = AttributionMethod::Gradient;
        QVERIFY(difference(subject.of(request).map, *g) == 0.0);
        request.method = AttributionMethod::InputTimesGradient;
        QVERIFY(difference(subject.of(request).map, product) == 0.0);
        // Without noise every sample is the gradient; with it none is, and the seed decides.
        request.method = AttributionMethod::SmoothGrad;
        request.samples = 3;
        request.noise = 0.0;
        QVERIFY(difference(subject.of(request).map, *g) < 1e-6);
        request.noise = 0.1;
        const Attribution noisy = subject.of(request);
        QVERIFY(difference(noisy.map, *g) > 1e-2);
        QVERIFY(difference(subject.of(request).map, noisy.map) == 0.0);
        request.seed = 1;
        QVERIFY(difference(subject.of(request).map, noisy.map) > 1e-3);
    }

    // Guided, the way back through the last unit's ReLU holds nothing below 0 and is the gradient cut off.
    void guidedLetsNothingNegativeBack() {
        Attributed subject;
        const StepId sum = *subject.network->graph().units().back().add;
        const FeatureMapsPtr plain = subject.gradient(sum, 2);
        const auto guided = subject.backward.run(subject.run, scoreOf(subject.network->graph(), 2),
                                                 {ReluRule::Guided, sum, true});
        bool differs = false;
        for (std::size_t i = 0; i < plain->size(); ++i) {
            QCOMPARE(guided->of(sum)->data()[i], std::max(plain->data()[i], 0.0f));
            differs |= plain->data()[i] < 0.0f;
        }
        QVERIFY(differs);
        AttributionRequest request;
        request.method = AttributionMethod::Guided;
        request.classIndex = 2;
        QVERIFY(difference(subject.of(request).map, *subject.gradient(inputStep, 2)) > 1e-2);
    }

    void saysWhatCannotBeAskedFor() {
        Attributed subject;
        const auto message = [&](const auto& change) -> std::string {
            AttributionRequest request;
            change(request);
            try {
                subject.of(request);
            } catch (const Error& error) {
                return error.what();
            }
            return {};
        };
        QCOMPARE(message([](AttributionRequest& r) { r.classIndex = 10; }),
                 "class 10: this network has classes 0 to 9");
        QCOMPARE(message([](AttributionRequest& r) { r.nodes = 201; }),
                 "nodes: expected 1 to 200, found 201");
        QCOMPARE(message([](AttributionRequest& r) { r.samples = 0; }),
                 "samples: expected 1 to 1000, found 0");
        QCOMPARE(message([](AttributionRequest& r) {
                     r.baseline = std::make_shared<FeatureMaps>(FeatureShape{3, 5, 5});
                 }),
                 "baseline: expected 96 × 96 × 3, found 5 × 5 × 3");
    }

    void stopsWhenAsked() {
        Attributed subject;
        for (const AttributionMethod method : attributionMethods()) {
            std::stop_source source;
            source.request_stop();
            AttributionRequest request;
            request.method = method;
            QVERIFY(!attribute(subject.forward, subject.backward, subject.run, request, source.get_token()));
        }
    }
};

RESNET_TEST(AttributionTest)
#include "AttributionTest.moc"
