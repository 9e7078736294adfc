#include "core/Error.h"
#include "tests/TestPrograms.h"
#include "tests/core/inference/BackwardSubject.h"

#include <QtTest>

#include <limits>

using namespace resnet;
using namespace resnet::test;

class BackwardExecutorTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void threadsDoNotChangeABit() {
        const auto network = subjectNetwork();
        const Graph& graph = network->graph();
        const FeatureMapsPtr input = someInput(graph.outputShape(inputStep));
        Subject one(network, input, 1, someEdits(graph));
        const Gradients expected = one.gradients(scoreOf(graph, 4));
        const auto parts = one.backward.runByUnits(one.run, expected.target());
        for (const int threads : {2, 3}) {
            Subject several(network, input, threads, someEdits(graph));
            const Gradients actual = several.gradients(scoreOf(graph, 4));
            for (StepId step = inputStep; step <= graph.logitsStep(); ++step)
                QVERIFY(sameBits(*actual.of(step), *expected.of(step)));
            const auto actualParts = several.backward.runByUnits(several.run, expected.target());
            for (std::size_t n = 0; n < parts->size(); ++n)
                QVERIFY(!parts->at(n) || sameBits(*parts->at(n), *actualParts->at(n)));
        }
    }

    void saysWhatCannotBeDone() {
        const auto network = subjectNetwork();
        const Graph& graph = network->graph();
        const FeatureMapsPtr input = someInput(graph.outputShape(inputStep));
        Subject subject(network, input);
        const auto message = [](const auto& action) -> std::string {
            try {
                action();
            } catch (const Error& error) {
                return error.what();
            }
            return {};
        };
        QCOMPARE(message([&] { scoreOf(graph, 10); }), "class 10: this network has classes 0 to 9");
        QCOMPARE(message([&] {
                     cellOf(graph, 0, 3, {0, 99});
                 }),
                 "conv1: no channel 3, row 0, column 99 in " + shapeText(graph.outputShape(0)));
        QCOMPARE(message([&] { subject.backward.run(subject.run.before(5), scoreOf(graph, 1)); }),
                 "the gradient of fc needs a run that has come to it; " + graph.stepName(5) + " is missing");
        const auto other = subjectNetwork();
        QCOMPARE(message([&] { subject.backward.run(Run(other, input), scoreOf(graph, 1)); }),
                 "this run is of another network");
        auto broken = std::make_shared<FeatureMaps>(FeatureShape{10, 1, 1});
        std::fill_n(broken->data(), 10, std::numeric_limits<float>::quiet_NaN());
        QCOMPARE(message([&] {
                     subject.backward.run(subject.run.withOutput(graph.logitsStep(), broken, 0.0),
                                          scoreOf(graph, 1));
                 }),
                 "fc: expected a finite number to take the gradient of, found nan");
    }

    void stopsWhenAsked() {
        const auto network = subjectNetwork();
        const Graph& graph = network->graph();
        Subject subject(network, someInput(graph.outputShape(inputStep)));
        std::stop_source source;
        source.request_stop();
        QVERIFY(!subject.backward.run(subject.run, scoreOf(graph, 1), {}, source.get_token()));
        QVERIFY(!subject.backward.runByUnits(subject.run, scoreOf(graph, 1), inputStep, source.get_token()));
        QVERIFY(subject.backward.run(subject.run, scoreOf(graph, 1)).has_value());
    }

    // Who only runs networks pays nothing; what is packed once stays.
    void packsWhatIsNeededOnce() {
        const auto network = subjectNetwork();
        const Graph& graph = network->graph();
        Subject subject(network, someInput(graph.outputShape(inputStep)));
        const BackwardWeights& weights = *subject.backward.weights();
        QCOMPARE(weights.packedBytes(), std::size_t(0));
        subject.backward.run(subject.run, scoreOf(graph, 1),
                             {ReluRule::Derivative, graph.units().back().output, true});
        QCOMPARE(weights.packedBytes(), std::size_t(0));
        subject.gradients(scoreOf(graph, 1));
        const std::size_t all = weights.packedBytes();
        QVERIFY(all > 0);
        subject.gradients(scoreOf(graph, 2));
        QCOMPARE(weights.packedBytes(), all);
    }
};

RESNET_TEST(BackwardExecutorTest)
#include "BackwardExecutorTest.moc"
