#include "core/ops/Convolution.h"
#include "core/ops/Isa.h"
#include "tests/TestPrograms.h"
#include "tests/core/ops/Naive.h"

#include <QtTest>

#include <tbb/task_arena.h>

#include <atomic>
#include <mutex>
#include <set>

using namespace resnet;

namespace {

const kernels::Table& real() {
    return kernelsFor(bestIsa());
}

std::atomic<int> unfenced;  // threads whose non-temporal stores no fence follows yet
std::atomic<int> fences;
thread_local bool isUnfenced = false;

void storePast(const kernels::Epilogue& epilogue) {
    if (epilogue.stream && !std::exchange(isUnfenced, true))
        ++unfenced;
}

std::mutex mutex;
std::set<const float*> multiplied;
std::set<const float*> fetched;

// The kernels of this processor, which tell what they are called with.
kernels::Table watched() {
    kernels::Table table = real();
    table.multiply = [](const kernels::Product& product) {
        {
            const std::scoped_lock lock(mutex);
            multiplied.insert(product.panel);
            fetched.insert(product.next);
        }
        real().multiply(product);
    };
    table.finishCells = [](const float* block, int cells, const kernels::OutputTile& tile,
                           const kernels::Epilogue& epilogue) {
        storePast(epilogue);
        real().finishCells(block, cells, tile, epilogue);
    };
    table.winogradOutput2 = [](const float* product, std::size_t stride, const kernels::OutputTile& tile,
                               const kernels::Epilogue& epilogue) {
        storePast(epilogue);
        real().winogradOutput2(product, stride, tile, epilogue);
    };
    table.winogradOutput4 = [](const float* product, std::size_t stride, const kernels::OutputTile& tile,
                               const kernels::Epilogue& epilogue) {
        storePast(epilogue);
        real().winogradOutput4(product, stride, tile, epilogue);
    };
    table.endStreaming = [] {
        ++fences;
        if (std::exchange(isUnfenced, false))
            --unfenced;
        real().endStreaming();
    };
    return table;
}

}  // namespace

// What the results cannot show: how convolutions use their kernels.
class KernelUseTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyTaskFencesAndFetchesInside_data() {
        QTest::addColumn<ConvolutionAlgorithm>("algorithm");
        QTest::addColumn<int>("side");
        for (const auto algorithm :
             {ConvolutionAlgorithm::Direct, ConvolutionAlgorithm::Winograd2, ConvolutionAlgorithm::Winograd4})
            for (const int side : {4, 7, 40})  // tasks of panels, and of rows
                QTest::addRow("%s, %d", std::string(name(algorithm)).c_str(), side) << algorithm << side;
    }

    void everyTaskFencesAndFetchesInside() {
        QFETCH(const ConvolutionAlgorithm, algorithm);
        QFETCH(const int, side);
        multiplied.clear();
        fetched.clear();
        fences = 0;
        const ConvolutionShape shape{{40, side, side}, {96, side, side}, 3, 1, 1, 1};
        const kernels::Table table = watched();
        const Convolution convolution(shape, naive::someValues(std::size_t(96) * 40 * 9, 1), algorithm,
                                      table);
        const FeatureMaps input = naive::someMaps(shape.input, 2);
        FeatureMaps convolved(shape.output);
        FeatureMaps rectified(shape.output);
        tbb::task_arena arena(2);
        AlignedBuffer scratch(convolution.scratchSize(1, 2));
        arena.execute([&] {
            convolution.run(
                input,
                {.gains = {}, .convolved = convolved.data(), .rectified = rectified.data(), .stream = true},
                scratch.data(), 2);
        });
        QVERIFY(fences > 0);
        QCOMPARE(unfenced.load(), 0);
        QVERIFY2(std::ranges::includes(multiplied, fetched), "what is fetched are panels of these weights");
        QCOMPARE(fetched.size(), multiplied.size());
    }
};

RESNET_TEST(KernelUseTest)
#include "KernelUseTest.moc"
