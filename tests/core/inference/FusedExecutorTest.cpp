#include "core/Error.h"
#include "core/inference/FusedExecutor.h"
#include "tests/TestPrograms.h"
#include "tests/core/inference/Reference.h"
#include "tests/core/inference/SomeInput.h"

#include <QtTest>

#include <atomic>
#include <cstdlib>
#include <ctime>
#include <new>
#include <thread>

using namespace resnet;

namespace {
std::atomic<long> allocations{0};

void* counted(std::size_t size, std::size_t alignment) {
    ++allocations;
    if (void* memory = std::aligned_alloc(alignment, (size + alignment - 1) / alignment * alignment))
        return memory;
    throw std::bad_alloc();
}
}  // namespace

void* operator new(std::size_t size) {
    return counted(size, alignof(std::max_align_t));
}
void* operator new(std::size_t size, std::align_val_t alignment) {
    return counted(size, std::size_t(alignment));
}
void operator delete(void* memory) noexcept {
    std::free(memory);
}
void operator delete(void* memory, std::size_t) noexcept {
    std::free(memory);
}
void operator delete(void* memory, std::align_val_t) noexcept {
    std::free(memory);
}
void operator delete(void* memory, std::size_t, std::align_val_t) noexcept {
    std::free(memory);
}

namespace {

std::shared_ptr<const PackedNetwork> fusedNetwork(const EngineOptions& options = {}, bool shortcuts = true) {
    NetworkSpec spec;
    spec.channelsPerStage = {24, 40, 48, 72};
    spec.inputHeight = 75;
    spec.inputWidth = 61;
    spec.shortcut = shortcuts ? ShortcutKind::Projection : ShortcutKind::None;
    return std::make_shared<PackedNetwork>(std::make_shared<Network>(Network::initialised(spec, 7)), options);
}

Run observed(const std::shared_ptr<const PackedNetwork>& packed, const FeatureMapsPtr& input) {
    Executor executor(packed);
    Run activations = executor.start(input);
    executor.run(activations);
    return activations;
}

}  // namespace

class FusedExecutorTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void logitsAgreeWithPyTorch_data() {
        QTest::addColumn<int>("algorithm");
        QTest::newRow("by the table") << -1;
        QTest::newRow("direct") << int(ConvolutionAlgorithm::Direct);
        QTest::newRow("F(2x2)") << int(ConvolutionAlgorithm::Winograd2);
        QTest::newRow("F(4x4)") << int(ConvolutionAlgorithm::Winograd4);
    }
    void logitsAgreeWithPyTorch() {
        QFETCH(int, algorithm);
        for (const Isa isa : supportedIsas())
            for (const reference::Reference& each : reference::readAll()) {
                EngineOptions options{2, isa, {}};
                if (algorithm >= 0)
                    options.algorithm = ConvolutionAlgorithm(algorithm);
                const auto packed = std::make_shared<PackedNetwork>(each.network, options);
                FusedExecutor fused(packed);
                QCOMPARE(fused.run({{each.input}}), RunOutcome::Finished);
                FeatureMaps logits(packed->graph().outputShape(packed->graph().logitsStep()));
                std::ranges::copy(fused.logits(), logits.data());
                const double error = reference::relativeError(logits, each.activations.at("fc"));
                qInfo("%s, %s: %.1e", std::string(name(isa)).c_str(), each.name.c_str(), error);
                QVERIFY(error < 1e-4);
            }
    }

    void itIsTheObservedPassBitForBit() {
        for (const bool shortcuts : {true, false})
            for (const Isa isa : supportedIsas())
                for (const int threads : {1, 2, 3}) {
                    const auto packed = fusedNetwork({threads, isa, {}}, shortcuts);
                    const FeatureMapsPtr input = someInput(*packed);
                    const Run activations = observed(packed, input);
                    FusedExecutor fused(packed);
                    fused.run({{input}});
                    QVERIFY(sameBits(fused.logits(), logitsOf(activations)));
                    QVERIFY(
                        sameBits(fused.probabilities(), *activations.output(packed->graph().softmaxStep())));
                }
    }

    void anImageDoesNotDependOnItsBatch() {
        const auto packed = fusedNetwork({2, {}, {}});
        std::vector<FeatureMapsPtr> images;
        for (int i = 0; i < 5; ++i)
            images.push_back(someInput(*packed, i));
        FusedExecutor batch(packed);
        QCOMPARE(batch.run(images), RunOutcome::Finished);
        FusedExecutor single(packed);
        for (int i = 0; i < 5; ++i) {
            single.run({{images[std::size_t(i)]}});
            QVERIFY(std::ranges::equal(batch.logits(i), single.logits()));
        }
        batch.run(std::span(images).first(2));
        single.run({{images[1]}});
        QVERIFY(std::ranges::equal(batch.logits(1), single.logits()));
    }

    void runsFromAnyStep() {
        for (const bool shortcuts : {true, false}) {
            const auto packed = fusedNetwork({1, {}, {}}, shortcuts);
            const Run known = observed(packed, someInput(*packed));
            FusedExecutor fused(packed);
            for (StepId first = 0; first <= packed->graph().logitsStep(); ++first) {
                fused.run({{someInput(*packed, 9)}});  // leaves other numbers in the buffers
                QCOMPARE(fused.runFrom(first, known), RunOutcome::Finished);
                QVERIFY2(sameBits(fused.logits(), logitsOf(known)), packed->graph().step(first).name.c_str());
            }
        }
    }

    void anExchangedOutputIsAnAblation() {
        const auto packed = fusedNetwork({2, {}, {}});
        const Run known = observed(packed, someInput(*packed));
        const StepId step = *packed->graph().find("layer2.1.bn2");
        auto nothing = std::make_shared<FeatureMaps>(packed->graph().outputShape(step));
        std::fill_n(nothing->data(), nothing->size(), 0.0f);

        Run changed = known.before(step).withOutput(step, nothing, 0.0);
        Executor executor(packed);
        executor.run(changed);

        FusedExecutor fused(packed);
        fused.runFrom(step + 1, known, {step, nothing});
        QVERIFY(sameBits(fused.logits(), logitsOf(changed)));
    }

    void itNamesTheStepWhoseOutputIsMissing() {
        const auto packed = fusedNetwork();
        const Graph& graph = packed->graph();
        const Run known = observed(packed, someInput(*packed));
        FusedExecutor fused(packed);
        const auto refusal = [&](StepId first, const Run& of, const FusedExecutor::Exchange& exchange = {}) {
            try {
                fused.runFrom(first, of, exchange);
            } catch (const Error& error) {
                return std::string(error.what());
            }
            return std::string("none");
        };
        const StepId block = *graph.find("layer2.1.conv1");
        const StepId before = graph.step(block).inputs.front();
        QCOMPARE(refusal(block, known.before(before)),
                 graph.stepName(before) + ": expected an output to go on from, found none");
        const FeatureMapsPtr output = known.output(before);
        QCOMPARE(refusal(*graph.find("layer2.1.conv2"), known.before(before), {before, output}),
                 "layer2.1.relu1: expected an output to go on from, found none");
        QCOMPARE(refusal(graph.stepCount(), known.before(graph.logitsStep())),
                 "fc: expected an output to go on from, found none");
        const std::string count = std::to_string(graph.stepCount());
        QCOMPARE(refusal(-1, known), "first step to compute: expected 0 to " + count + ", found -1");
        QCOMPARE(refusal(graph.stepCount() + 1, known), "first step to compute: expected 0 to " + count +
                                                            ", found " +
                                                            std::to_string(graph.stepCount() + 1));
        QCOMPARE(refusal(block, known, {graph.stepCount(), output}).substr(0, 15), "step exchanged:");
        QCOMPARE(refusal(block, known, {before, known.input()}), graph.stepName(before) + ": expected " +
                                                                     shapeText(output->shape()) + ", found " +
                                                                     shapeText(known.input()->shape()));
        // What it does not read need not be there, and it goes on working.
        QCOMPARE(refusal(block, known.before(block)), "none");
        QVERIFY(sameBits(fused.logits(), logitsOf(known)));
        QCOMPARE(refusal(graph.stepCount(), known), "none");
        QVERIFY(sameBits(fused.logits(), logitsOf(known)));
    }

    void aWarmRunAllocatesNothing() {
        const auto packed = fusedNetwork({2, {}, {}});
        const std::vector<FeatureMapsPtr> images{someInput(*packed)};
        const Run known = observed(packed, images.front());
        FusedExecutor fused(packed);
        fused.run(images);
        const long before = allocations;
        fused.run(images);
        fused.runFrom(40, known);
        QCOMPARE(allocations.load(), before);
    }

    // In processor time, so that a busy machine does not matter.
    void stopsInsideABatch() {
        NetworkSpec spec;
        spec.unitsPerStage = {1};
        spec.channelsPerStage = {256};
        spec.inputHeight = spec.inputWidth = 512;
        const auto packed = std::make_shared<PackedNetwork>(
            std::make_shared<Network>(Network::initialised(spec, 1)), EngineOptions{1, {}, {}});
        FusedExecutor fused(packed, 8);
        const std::vector<FeatureMapsPtr> images(8, someInput(*packed));
        std::stop_source source;
        std::atomic<std::clock_t> asked{0};
        std::jthread asking([&] {
            std::this_thread::sleep_for(std::chrono::milliseconds(60));
            asked = std::clock();
            source.request_stop();
        });
        QCOMPARE(fused.run(images, source.get_token()), RunOutcome::Cancelled);
        const double late = double(std::clock() - asked) * 1000.0 / CLOCKS_PER_SEC;
        asking.join();
        QVERIFY2(late < tests::patience(100), std::to_string(late).c_str());
    }

    void refusesAnInputOfAnotherShape() {
        FusedExecutor fused(fusedNetwork());
        QVERIFY_THROWS_EXCEPTION(Error, fused.run({{someInput({3, 75, 60})}}));
    }
};

RESNET_TEST(FusedExecutorTest)
#include "FusedExecutorTest.moc"
