#include "core/Error.h"
#include "core/attribution/EffectiveField.h"
#include "tests/TestPrograms.h"
#include "tests/core/inference/Experiments.h"

#include <QtTest>

#include <cmath>

using namespace resnet;

namespace {

struct FieldSubject {
    FieldSubject() {
        const std::string folder = RESNET_SOURCE_DIR "/tests/data/experiments/narrow-same-96";
        network = reference::readNetwork(folder);
        packed = std::make_shared<const PackedNetwork>(network);
        input = reference::readInput(folder + "/input.npy", network->spec().inputShape());
    }
    FieldCell cell(const char* step, int channel, Cell at) const {
        return {*network->graph().find(step), channel, at};
    }
    EffectiveField field(const FieldCell& of) const {
        FieldMeter meter(packed, of);
        meter.add(input, {});
        return meter.mean();
    }
    std::shared_ptr<const Network> network;
    std::shared_ptr<const PackedNetwork> packed;
    FeatureMapsPtr input;
};

// The same picture with its rows the other way round.
FeatureMapsPtr turned(const FeatureMaps& maps) {
    auto made = std::make_shared<FeatureMaps>(maps.shape());
    for (int c = 0; c < maps.channels(); ++c)
        for (int y = 0; y < maps.height(); ++y)
            for (int x = 0; x < maps.width(); ++x)
                made->at(c, y, x) = maps.at(c, maps.height() - 1 - y, x);
    return made;
}

}  // namespace

class EffectiveFieldTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void nothingOutsideTheLongestWayAndSomethingInTheShortest() {
        const FieldSubject subject;
        for (const Cell at : {Cell{0, 0}, Cell{11, 7}, Cell{23, 23}}) {
            const FieldCell of = subject.cell("layer1.1.add", 2, at);
            const EffectiveField field = subject.field(of);
            const SeenRange seen = seenBy(subject.network->graph(), of.step, at.y, at.x);
            double inShortest = 0.0;
            for (int y = 0; y < 96; ++y)
                for (int x = 0; x < 96; ++x) {
                    const float value = field.influence.at(0, y, x);
                    QVERIFY(value >= 0.0f);
                    if (!seen.longest.imageRows.contains(y) || !seen.longest.imageColumns.contains(x))
                        QCOMPARE(value, 0.0f);
                    if (seen.shortest.imageRows.contains(y) && seen.shortest.imageColumns.contains(x))
                        inShortest += value;
                }
            QVERIFY(inShortest > 0.0);
            QVERIFY(field.height() <= seen.longest.imageRows.size());
            QVERIFY(seen.longest.imageRows.contains(int(std::lround(field.middleY))));
            QVERIFY(field.shareInside() > 0.8 && field.shareInside() <= 1.0 + 1e-9);
        }
    }

    // The magnitude of the gradient, summed over the colours; over pictures the mean.
    void itIsTheGradientsMagnitude() {
        const FieldSubject subject;
        const FieldCell of = subject.cell("layer2.0.add", 5, {3, 4});
        const auto magnitude = [&](const FeatureMapsPtr& input, int y, int x) {
            Executor forward(subject.packed);
            BackwardExecutor backward(subject.packed);
            Run run = forward.start(input);
            forward.run(run, of.step);
            const auto found = backward.run(run, cellOf(run.graph(), of.step, of.channel, of.cell));
            double sum = 0.0;
            for (int c = 0; c < 3; ++c)
                sum += std::abs(double(found->of(inputStep)->at(c, y, x)));
            return sum;
        };
        const FeatureMapsPtr other = turned(*subject.input);
        FieldMeter meter(subject.packed, of);
        QVERIFY(meter.add(subject.input, {}));
        QVERIFY(meter.add(other, {}));
        const EffectiveField field = meter.mean();
        QCOMPARE(field.pictures, 2);
        const double mean = (magnitude(subject.input, 27, 33) + magnitude(other, 27, 33)) / 2.0;
        QVERIFY(mean > 0.0);
        QVERIFY(std::abs(field.influence.at(0, 27, 33) - mean) < 1e-6 * mean);
        std::stop_source stopped;
        stopped.request_stop();
        QVERIFY(!meter.add(subject.input, {}, stopped.get_token()));
        QCOMPARE(meter.mean().pictures, 2);
    }

    // A convolution of the first layer sees its window and no more: known sizes.
    void aWindowOfEqualWeightsHasItsDeviation() {
        const FieldSubject subject;
        StateDict parameters = subject.network->parameters();
        for (float& weight : parameters.at("conv1.weight").values)
            weight = 1.0f;
        const auto packed = std::make_shared<const PackedNetwork>(
            std::make_shared<const Network>(subject.network->graph(), std::move(parameters)));
        FieldMeter meter(packed, subject.cell("conv1", 0, {20, 20}));
        meter.add(subject.input, {});
        const EffectiveField field = meter.mean();
        // 7 equal places: variance (49 - 1) / 12.
        QVERIFY(std::abs(field.deviationY - 2.0) < 1e-6);
        QVERIFY(std::abs(field.width() - 8.0) < 1e-5);
        QVERIFY(std::abs(field.total - 3.0 * 49.0) < 1e-4);
    }

    void aShutReluSeesNothing() {
        const FieldSubject subject;
        Executor forward(subject.packed);
        Run run = forward.start(subject.input);
        const StepId relu = *subject.network->graph().find("layer1.0.relu2");
        forward.run(run, relu);
        const FeatureMaps& output = *run.output(relu);
        for (int c = 0; c < output.channels(); ++c)
            for (int x = 0; x < output.width(); ++x)
                if (output.at(c, 5, x) == 0.0f) {
                    FieldMeter meter(subject.packed, {relu, c, {5, x}});
                    QVERIFY(meter.add(run));
                    QVERIFY(meter.mean().isNothing());
                    QCOMPARE(meter.mean().height(), 0.0);
                    const int strongest = strongestChannel(run, relu, {5, x});
                    for (int other = 0; other < output.channels(); ++other)
                        QVERIFY(output.at(other, 5, x) <= output.at(strongest, 5, x));
                    return;
                }
        QFAIL("no ReLU is shut");
    }

    void aNetworkStartedAnewIsTheSameFromTheSameSeed() {
        const FieldSubject subject;
        const auto a = startedAnew(*subject.network, 3);
        const auto b = startedAnew(*subject.network, 3);
        QVERIFY(a->parameters().at("conv1.weight").values == b->parameters().at("conv1.weight").values);
        QVERIFY(a->parameters().at("conv1.weight").values !=
                subject.network->parameters().at("conv1.weight").values);
        QVERIFY(startedAnew(*subject.network, 4)->parameters().at("conv1.weight").values !=
                a->parameters().at("conv1.weight").values);
        QVERIFY_THROWS_EXCEPTION(Error, FieldMeter(subject.packed, subject.cell("conv1", 99, {0, 0})));
        QVERIFY_THROWS_EXCEPTION(Error, FieldMeter(subject.packed, subject.cell("conv1", 0, {48, 0})));
    }
};

RESNET_TEST(EffectiveFieldTest)
#include "EffectiveFieldTest.moc"
