#include "core/Error.h"
#include "core/explain/Occlusion.h"
#include "core/inference/Executor.h"
#include "core/inference/FusedExecutor.h"
#include "core/inference/RegionPass.h"
#include "core/network/Initialization.h"
#include "tests/TestPrograms.h"
#include "tests/core/inference/Reference.h"
#include "tests/core/inference/SomeInput.h"
#include "tests/core/network/OtherGraphs.h"

#include <QtTest>

using namespace resnet;

namespace {

std::shared_ptr<const PackedNetwork> packedOf(const NetworkSpec& spec) {
    return std::make_shared<PackedNetwork>(std::make_shared<Network>(Network::initialised(spec, 5)));
}

Run runOf(const std::shared_ptr<const PackedNetwork>& packed, FeatureMapsPtr input, const Edits& edits = {}) {
    Executor executor(packed);
    Run activations = executor.start(std::move(input), edits);
    executor.run(activations);
    return activations;
}

// Every patch by a whole pass over a picture that is painted pixel by pixel.
OcclusionMap plainLoop(const std::shared_ptr<const PackedNetwork>& packed, const FeatureMaps& input,
                       const OcclusionRequest& request, const Edits& edits = {}) {
    const int rows = (input.height() + request.stride - 1) / request.stride;
    const int columns = (input.width() + request.stride - 1) / request.stride;
    const Graph& graph = packed->graph();
    const auto scores = [&](const FeatureMapsPtr& image) {
        const Run run = runOf(packed, image, edits);
        return std::pair(run.output(graph.logitsStep())->at(request.classIndex, 0, 0),
                         run.output(graph.softmaxStep())->at(request.classIndex, 0, 0));
    };
    const auto copy = [&] {
        auto image = std::make_shared<FeatureMaps>(input.shape());
        std::copy_n(input.data(), input.size(), image->data());
        return image;
    };
    const auto [logit, probability] = scores(copy());
    OcclusionMap map{FeatureMaps({1, rows, columns}), FeatureMaps({1, rows, columns}), logit, probability};
    for (int row = 0; row < rows; ++row)
        for (int column = 0; column < columns; ++column) {
            const auto image = copy();
            const auto start = [&](int block, int extent) {
                const int size = std::min(request.stride, extent - block * request.stride);
                return block * request.stride + (size - request.patch) / 2;
            };
            const int top = start(row, input.height());
            const int left = start(column, input.width());
            for (int y = 0; y < input.height(); ++y)
                for (int x = 0; x < input.width(); ++x)
                    if (y >= top && y < top + request.patch && x >= left && x < left + request.patch)
                        for (int c = 0; c < 3; ++c)
                            image->at(c, y, x) = request.value;
            const auto [hiddenLogit, hiddenProbability] = scores(image);
            map.logitDrop.at(0, row, column) = logit - hiddenLogit;
            map.probabilityDrop.at(0, row, column) = probability - hiddenProbability;
        }
    return map;
}

double largestDifference(const FeatureMaps& a, const FeatureMaps& b) {
    double largest = a.shape() == b.shape() ? 0.0 : std::numeric_limits<double>::infinity();
    for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i)
        largest = std::max(largest, std::abs(double(a.data()[i]) - b.data()[i]));
    return largest;
}

// Of processor time.
double bestMilliseconds(const std::function<void()>& work) {
    double best = std::numeric_limits<double>::infinity();
    for (int repeat = 0; repeat < 3; ++repeat) {
        const double began = tests::processorMilliseconds();
        work();
        best = std::min(best, tests::processorMilliseconds() - began);
    }
    return best;
}

}  // namespace

class OcclusionTest : public QObject {
    Q_OBJECT
private:
    // That the pass gets at least to the end of `least`, and gives what whole passes give.
    static void comparePasses(const std::shared_ptr<const PackedNetwork>& packed,
                              const std::vector<Region>& changes, const char* least) {
        const FeatureMapsPtr input = someInput(packed->graph().outputShape(inputStep));
        RegionPass pass(packed, runOf(packed, input), changes);
        QVERIFY(pass.last() >= *packed->graph().find(least));
        for (const Region& change : changes) {
            auto image = std::make_shared<FeatureMaps>(input->shape());
            std::copy_n(input->data(), input->size(), image->data());
            for (int y = change.rows.first; y <= change.rows.last; ++y)
                for (int x = change.columns.first; x <= change.columns.last; ++x)
                    image->at(1, y, x) = -3.0f;
            const FeatureMapsPtr output = pass.run(image, change, 1);
            const Run whole = runOf(packed, image);
            QVERIFY(largestDifference(*output, *whole.output(pass.last())) < 1e-4);
        }
    }

private Q_SLOTS:
    void isThePlainLoop_data() {
        QTest::addColumn<Padding>("padding");
        QTest::addColumn<int>("patch");
        QTest::addColumn<int>("stride");
        QTest::addColumn<bool>("shortcuts");
        QTest::newRow("same") << Padding::Same << 16 << 24 << true;
        QTest::newRow("symmetric") << Padding::Symmetric << 16 << 24 << true;
        QTest::newRow("one pixel") << Padding::Same << 1 << 40 << true;
        QTest::newRow("overlapping") << Padding::Symmetric << 33 << 30 << true;
        QTest::newRow("larger than the image") << Padding::Same << 400 << 60 << true;
        QTest::newRow("plain network") << Padding::Same << 12 << 35 << false;
    }
    void isThePlainLoop() {
        QFETCH(Padding, padding);
        NetworkSpec spec;
        spec.unitsPerStage = {2, 2, 1};
        spec.channelsPerStage = {16, 24, 32};
        spec.inputHeight = 101;
        spec.inputWidth = 118;
        spec.padding = padding;
        QFETCH(bool, shortcuts);
        spec.shortcut = shortcuts ? ShortcutKind::Projection : ShortcutKind::None;
        OcclusionRequest request;
        QFETCH(int, patch);
        QFETCH(int, stride);
        request.classIndex = 3;
        request.patch = patch;
        request.stride = stride;
        request.value = 0.25f;
        const auto packed = packedOf(spec);
        const FeatureMapsPtr input = someInput(spec.inputShape());
        const auto map = occlude(packed, runOf(packed, input), request);
        QVERIFY(map);
        const OcclusionMap expected = plainLoop(packed, *input, request);
        QVERIFY(std::abs(map->logit - expected.logit) < 1e-6);
        QVERIFY(std::abs(map->probability - expected.probability) < 1e-6);
        const double logits = largestDifference(map->logitDrop, expected.logitDrop);
        const double probabilities = largestDifference(map->probabilityDrop, expected.probabilityDrop);
        qInfo("%dx%d patches, differences %.1e of logits, %.1e of probabilities", map->logitDrop.height(),
              map->logitDrop.width(), logits, probabilities);
        QVERIFY(logits < 1e-4);
        QVERIFY(probabilities < 1e-5);
    }

    // A run with edits is hidden from the network with those edits.
    void anEditedRunIsItsPlainLoop_data() {
        QTest::addColumn<QByteArray>("text");
        for (const char* text : {"layer1.0:F=0", "layer1.1:x=0", "layer1.0:F=0.5,layer1.1:F=0,layer2.0:x=-1",
                                 "layer1.0:weights=layer1.1,layer2.1:seed=3", "layer2.0:F=0,layer2.0:x=0"})
            QTest::newRow(text) << QByteArray(text);
    }
    void anEditedRunIsItsPlainLoop() {
        QFETCH(QByteArray, text);
        NetworkSpec spec;
        spec.unitsPerStage = {2, 2};
        spec.channelsPerStage = {16, 24};
        spec.inputHeight = 101;
        spec.inputWidth = 118;
        OcclusionRequest request;
        request.patch = 16;
        request.stride = 30;
        const auto packed = packedOf(spec);
        const FeatureMapsPtr input = someInput(spec.inputShape());
        const Edits edits = editsFrom(text.toStdString(), packed->graph());
        const auto map = occlude(packed, runOf(packed, input, edits), request);
        const OcclusionMap expected = plainLoop(packed, *input, request, edits);
        QVERIFY(largestDifference(map->logitDrop, expected.logitDrop) < 1e-4);
        QVERIFY(largestDifference(map->probabilityDrop, expected.probabilityDrop) < 1e-5);
        const OcclusionMap unedited = plainLoop(packed, *input, request);
        QVERIFY(largestDifference(unedited.logitDrop, expected.logitDrop) > 1e-3);
    }

    // Where nothing but the patch's surroundings can have changed, nothing else is computed, and it is what
    // the whole pass gives.
    void regionPassIsTheWholePass() {
        for (const Padding padding : {Padding::Same, Padding::Symmetric}) {
            NetworkSpec spec;
            spec.unitsPerStage = {2, 2};
            spec.channelsPerStage = {16, 32};
            spec.inputHeight = spec.inputWidth = 224;
            spec.padding = padding;
            const auto packed = packedOf(spec);
            const std::vector<Region> changes{
                {{0, 15}, {0, 15}}, {{101, 116}, {77, 92}}, {{208, 223}, {3, 18}}};
            comparePasses(packed, changes, "layer1.1.relu2");
        }
    }

    // Nor do other units stop it: batch norm, ReLU and additions that no convolution stands before, and sums
    // that later steps read past the end of a unit.
    void regionPassGoesThroughOtherUnits() {
        const auto packed = [](const Graph& graph) {
            return std::make_shared<PackedNetwork>(
                std::make_shared<Network>(graph, initialParameters(graph, 5)));
        };
        const std::vector<Region> changes{{{0, 15}, {0, 15}}, {{101, 116}, {77, 92}}, {{208, 223}, {3, 18}}};
        comparePasses(packed(resnet::test::bottleneckGraph(224)), changes, "layer1.1.relu3");
        comparePasses(packed(resnet::test::preActivationGraph(224)), changes, "layer1.1.add");
    }

    void isTheSameEveryTimeAndForAnyThreads() {
        const reference::Reference each = reference::readAll().front();
        OcclusionRequest request;
        request.patch = 20;
        request.stride = 30;
        std::optional<OcclusionMap> first;
        for (const int threads : {1, 2, 3}) {
            const auto packed = std::make_shared<PackedNetwork>(each.network, EngineOptions{threads, {}, {}});
            const auto map = occlude(packed, runOf(packed, each.input), request);
            if (!first)
                first = occlude(packed, runOf(packed, each.input), request);
            QVERIFY(sameBits(map->logitDrop, first->logitDrop));
            QVERIFY(sameBits(map->probabilityDrop, first->probabilityDrop));
        }
    }

    void tellsEveryPatchInOrder() {
        const reference::Reference each = reference::readAll().front();
        const auto packed = std::make_shared<PackedNetwork>(each.network);
        OcclusionRequest request;
        request.stride = 50;
        std::vector<OcclusionProgress> seen;
        const auto map = occlude(packed, runOf(packed, each.input), request, {},
                                 [&](const OcclusionProgress& progress) { seen.push_back(progress); });
        const FeatureShape shape = occlusionShape(each.input->shape(), request);
        QCOMPARE(shape, (FeatureShape{1, 2, 3}));
        QCOMPARE(int(seen.size()), 6);
        for (int i = 0; i < 6; ++i) {
            QCOMPARE(seen[std::size_t(i)].done, i + 1);
            QCOMPARE(seen[std::size_t(i)].total, 6);
            QCOMPARE(seen[std::size_t(i)].logitDrop, map->logitDrop.at(0, i / 3, i % 3));
        }
    }

    void stops() {
        const reference::Reference each = reference::readAll().front();
        const auto packed = std::make_shared<PackedNetwork>(each.network);
        std::stop_source source;
        int done = 0;
        const auto map = occlude(packed, runOf(packed, each.input), {}, source.get_token(),
                                 [&](const OcclusionProgress& progress) {
                                     done = progress.done;
                                     if (done == 3)
                                         source.request_stop();
                                 });
        QVERIFY(!map);
        QCOMPARE(done, 3);
    }

    void refusesWhatCannotBe() {
        const reference::Reference each = reference::readAll().front();
        const auto packed = std::make_shared<PackedNetwork>(each.network);
        const Run run = runOf(packed, each.input);
        for (const OcclusionRequest& wrong :
             {OcclusionRequest{7, 32, 16, 0.0f}, OcclusionRequest{-1, 32, 16, 0.0f},
              OcclusionRequest{0, 0, 16, 0.0f}, OcclusionRequest{0, 32, 0, 0.0f},
              OcclusionRequest{0, 5000, 16, 0.0f}})
            QVERIFY_EXCEPTION_THROWN(occlude(packed, run, wrong), Error);
        const Run empty(each.network, each.input);
        QVERIFY_EXCEPTION_THROWN(occlude(packed, empty, {}), Error);
    }

    // In processor time, of one thread: threads that wait for work spin. tests/benchmark/OcclusionBenchmark
    // measures the time on the clock, of which at most 0.9 is asked for.
    void costsNoMoreThanAPassPerPatch() {
        const auto network = std::make_shared<Network>(Network::initialised(resNet34(), 5));
        const auto packed = std::make_shared<PackedNetwork>(network, EngineOptions{1, {}, {}});
        const FeatureMapsPtr input = someInput(packed->graph().outputShape(inputStep));
        const Run run = runOf(packed, input);
        FusedExecutor executor(packed);
        executor.run({&input, 1});
        constexpr int patches = 16;
        const double passes = bestMilliseconds([&] {
            for (int i = 0; i < patches; ++i)
                executor.run({&input, 1});
        });
        OcclusionRequest request;
        request.patch = 16;
        request.stride = 56;
        const double occlusion = bestMilliseconds([&] { occlude(packed, run, request); });
        qInfo("%d patches: %.0f ms, %d fused passes: %.0f ms, ratio %.2f", patches, occlusion, patches,
              passes, occlusion / passes);
        QVERIFY(occlusion < 1.3 * passes);
    }
};

RESNET_TEST(OcclusionTest)
#include "OcclusionTest.moc"
