#include "core/Error.h"
#include "core/inference/Executor.h"
#include "tests/TestPrograms.h"
#include "tests/core/inference/Reference.h"
#include "tests/core/inference/SomeInput.h"

#include <QtTest>

#include <atomic>
#include <ctime>
#include <thread>

using namespace resnet;

namespace {

std::shared_ptr<const Network> smallNetwork(Padding padding = Padding::Same) {
    NetworkSpec spec;
    spec.channelsPerStage = {24, 40, 48, 72};
    spec.inputHeight = 75;
    spec.inputWidth = 61;
    spec.padding = padding;
    return std::make_shared<Network>(Network::initialised(spec, 7));
}

}  // namespace

class ExecutorTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyStepAgreesWithPyTorch() {
        for (const reference::Reference& each : reference::readAll()) {
            Executor executor(each.network, 2);
            Run activations = executor.start(each.input);
            QCOMPARE(executor.run(activations), RunOutcome::Finished);
            QVERIFY(activations.isComplete());
            double worst = 0.0;
            for (const Step& step : each.network->graph().steps()) {
                const double error =
                    reference::relativeError(*activations.output(step.id), each.activations.at(step.name));
                worst = std::max(worst, error);
                QVERIFY2(error < 1e-4, (each.name + " " + step.name + " " + std::to_string(error)).c_str());
            }
            qInfo("%s: largest error of %d steps %.1e", each.name.c_str(), activations.stepCount(), worst);
        }
    }

    void threadsDoNotChangeABit() {
        const auto network = smallNetwork();
        Executor one(network, 1);
        const FeatureMapsPtr input = someInput(network->spec().inputShape());
        Run expected = one.start(input);
        one.run(expected);
        for (const int threads : {2, 3}) {
            Executor several(network, threads);
            Run actual = several.start(input);
            several.run(actual);
            QVERIFY(sameBits(actual, expected));
        }
    }

    void stepByStepIsTheWholePass() {
        for (const Padding padding : {Padding::Same, Padding::Symmetric}) {
            const auto network = smallNetwork(padding);
            Executor executor(network, 2);
            const FeatureMapsPtr input = someInput(network->spec().inputShape());
            Run whole = executor.start(input);
            executor.run(whole);
            Run stepped = executor.start(input);
            for (StepId step = 0; step < stepped.stepCount(); ++step) {
                QCOMPARE(executor.run(stepped, step), RunOutcome::Finished);
                QCOMPARE(stepped.computedCount(), step + 1);
            }
            QVERIFY(sameBits(stepped, whole));
        }
    }

    void observerSeesEveryStepInOrder() {
        const auto network = smallNetwork();
        Executor executor(network, 2);
        Run activations = executor.start(someInput(network->spec().inputShape()));
        std::vector<StepId> seen;
        executor.run(activations, {}, [&](const FinishedStep& finished) {
            QVERIFY(finished.output);
            QVERIFY(finished.milliseconds >= 0.0);
            seen.push_back(finished.step);
        });
        QCOMPARE(int(seen.size()), activations.stepCount());
        for (StepId step = 0; step < activations.stepCount(); ++step)
            QCOMPARE(seen[std::size_t(step)], step);
    }

    void goesOnWhereItWasCancelled() {
        const auto network = smallNetwork();
        Executor executor(network, 2);
        const FeatureMapsPtr input = someInput(network->spec().inputShape());
        Run whole = executor.start(input);
        executor.run(whole);

        std::stop_source source;
        Run activations = executor.start(input);
        const StepId at = *network->graph().find("layer2.1.bn1");
        QCOMPARE(executor.run(activations, source.get_token(),
                              [&](const FinishedStep& finished) {
                                  if (finished.step == at)
                                      source.request_stop();
                              }),
                 RunOutcome::Cancelled);
        QVERIFY(activations.has(at));
        QVERIFY(!activations.isComplete());
        const FeatureMapsPtr kept = activations.output(at);
        QCOMPARE(executor.run(activations), RunOutcome::Finished);
        QCOMPARE(activations.output(at), kept);
        QVERIFY(sameBits(activations, whole));
    }

    // In processor time, so that a busy machine does not matter. One convolution here takes far longer than
    // the limit; the request comes in the middle of it.
    void stopsInsideAStep() {
        NetworkSpec spec;
        spec.unitsPerStage = {1};
        spec.channelsPerStage = {256};
        spec.inputHeight = spec.inputWidth = 1024;
        const auto network = std::make_shared<Network>(Network::initialised(spec, 1));
        Executor executor(network, 1);
        Run activations = executor.start(someInput(spec.inputShape()));
        std::stop_source source;
        std::atomic<std::clock_t> asked{0};
        std::jthread asking([&] {
            std::this_thread::sleep_for(std::chrono::milliseconds(60));
            asked = std::clock();
            source.request_stop();
        });
        QCOMPARE(executor.run(activations, source.get_token()), RunOutcome::Cancelled);
        const double late = double(std::clock() - asked) * 1000.0 / CLOCKS_PER_SEC;
        asking.join();
        qInfo("stopped after %.1f ms, %d steps done", late, activations.computedCount());
#ifndef __SANITIZE_ADDRESS__  // it marks all the memory that is given back
        QVERIFY(late < tests::patience(100));
#endif
        QVERIFY(!activations.isComplete());
    }

    void refusesAnInputOfAnotherShape() {
        Executor executor(smallNetwork(), 1);
        QVERIFY_THROWS_EXCEPTION(Error, executor.start(someInput({3, 75, 60})));
        QVERIFY_THROWS_EXCEPTION(Error, executor.start(nullptr));
    }

    void anExceptionOfTheObserverReachesTheCaller() {
        const auto network = smallNetwork();
        Executor executor(network, 2);
        Run activations = executor.start(someInput(network->spec().inputShape()));
        const auto failing = [](const FinishedStep& finished) {
            if (finished.step == 3)
                throw std::runtime_error("no");
        };
        QVERIFY_THROWS_EXCEPTION(std::runtime_error, executor.run(activations, {}, failing));
        QCOMPARE(executor.run(activations), RunOutcome::Finished);
    }
};

RESNET_TEST(ExecutorTest)
#include "ExecutorTest.moc"
