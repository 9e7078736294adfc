#include "core/ops/BatchNorm.h"
#include "core/ops/Convolution.h"
#include "core/ops/Isa.h"
#include "tests/TestPrograms.h"
#include "tests/core/ops/Naive.h"

#include <QtTest>

#include <tbb/task_arena.h>

#include <cstring>

using namespace resnet;

namespace {

struct Case {
    int inputs, outputs, height, width, kernel, stride, padTop, padLeft, padBottom, padRight;

    ConvolutionShape shape() const {
        const int outHeight = (height + padTop + padBottom - kernel) / stride + 1;
        const int outWidth = (width + padLeft + padRight - kernel) / stride + 1;
        return {{inputs, height, width}, {outputs, outHeight, outWidth}, kernel, stride, padTop, padLeft};
    }
    std::string text() const {
        return std::to_string(inputs) + " to " + std::to_string(outputs) + " channels, " +
               std::to_string(height) + " x " + std::to_string(width) + ", kernel " + std::to_string(kernel) +
               "/" + std::to_string(stride);
    }
};

const Case cases[] = {
    {3, 8, 33, 47, 7, 2, 3, 3, 3, 3},    {3, 64, 32, 37, 7, 2, 2, 2, 3, 3},
    {8, 8, 13, 17, 3, 1, 1, 1, 1, 1},    {5, 7, 9, 11, 3, 1, 1, 1, 1, 1},
    {33, 65, 7, 7, 3, 1, 1, 1, 1, 1},    {64, 96, 14, 9, 3, 1, 1, 1, 1, 1},
    {17, 31, 1, 1, 3, 1, 1, 1, 1, 1},    {16, 32, 2, 3, 3, 1, 1, 1, 1, 1},
    {24, 40, 15, 18, 3, 2, 0, 1, 1, 1},  {16, 24, 16, 16, 3, 2, 1, 1, 1, 1},
    {32, 48, 15, 11, 1, 2, 0, 0, 0, 0},  {9, 5, 8, 8, 1, 2, 0, 0, 0, 0},
    {130, 70, 29, 30, 3, 1, 1, 1, 1, 1}, {3, 16, 4, 5, 7, 2, 3, 3, 3, 3},
    {300, 20, 6, 5, 3, 1, 1, 1, 1, 1},
};

constexpr ConvolutionAlgorithm algorithms[] = {ConvolutionAlgorithm::Direct, ConvolutionAlgorithm::Winograd2,
                                               ConvolutionAlgorithm::Winograd4};

struct Maps {
    FeatureMaps convolved, normalised, summed, rectified;
};

// Runs in an arena of its own; what `keep` does not name stays null.
void run(const Convolution& convolution, const MapsView& input, const kernels::Epilogue& epilogue,
         int threads) {
    tbb::task_arena arena(threads);
    AlignedBuffer scratch(convolution.scratchSize(input.images, threads));
    arena.execute([&] { convolution.run(input, epilogue, scratch.data(), threads); });
}

bool sameBits(const FeatureMaps& a, const FeatureMaps& b) {
    return std::memcmp(a.data(), b.data(), a.size() * sizeof(float)) == 0;
}

}  // namespace

class ConvolutionTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void agreesWithTheFormula() {
        for (const Case& each : cases) {
            const ConvolutionShape shape = each.shape();
            const FeatureMaps input = naive::someMaps(shape.input, 1);
            const auto weights = naive::someValues(
                shape.output.channels * shape.input.channels * each.kernel * each.kernel, 2);
            const FeatureMaps expected = naive::convolution(input, shape, weights);
            for (const Isa isa : supportedIsas())
                for (const ConvolutionAlgorithm algorithm : algorithms) {
                    if (!isApplicable(algorithm, shape))
                        continue;
                    const Convolution convolution(shape, weights, algorithm, kernelsFor(isa));
                    FeatureMaps actual(shape.output);
                    run(convolution, input, {.gains = {}, .convolved = actual.data()}, 2);
                    const double error = naive::relativeError(actual, expected);
                    QVERIFY2(error < 5e-6, (each.text() + ", " + std::string(name(isa)) + " " +
                                            std::string(name(algorithm)) + ": " + std::to_string(error * 1e6))
                                               .c_str());
                }
        }
    }

    // Batch norm, shortcut and ReLU in the epilogue, all kept or only the last; 1 to 3 threads; alone or in a
    // batch.
    void theSameBitsHoweverItRuns() {
        for (const Case& each : {cases[1], cases[4], cases[5], cases[9], cases[12]})
            for (const Isa isa : supportedIsas())
                for (const ConvolutionAlgorithm algorithm : algorithms)
                    if (isApplicable(algorithm, each.shape()))
                        checkBits(each.shape(), isa, algorithm);
    }

private:
    void checkBits(const ConvolutionShape& shape, Isa isa, ConvolutionAlgorithm algorithm) {
        const std::size_t channels = std::size_t(shape.output.channels);
        const auto weights = naive::someValues(
            channels * shape.input.channels * std::size_t(shape.kernel) * std::size_t(shape.kernel), 3);
        const auto gamma = naive::someValues(channels, 4);
        const FoldedBatchNorm norm(gamma, naive::someValues(channels, 5), naive::someValues(channels, 6),
                                   std::vector<float>(channels, 0.5f), 1e-3);
        const Convolution convolution(shape, weights, algorithm, kernelsFor(isa));
        const int images = 3;
        const auto inputs = naive::someValues(shape.input.size() * images, 7);
        const auto shortcuts = naive::someValues(shape.output.size() * images, 8);

        FeatureMaps convolved(shape.output), normalised(shape.output), summed(shape.output),
            rectified(shape.output);
        const MapsView first(inputs.data(), shape.input);
        const bool lines = channels % 16 == 0;
        run(convolution, first,
            {nullptr,
             norm.scale(),
             norm.shift(),
             shortcuts.data(),
             {},
             false,
             convolved.data(),
             normalised.data(),
             summed.data(),
             rectified.data(),
             lines},
            1);

        FeatureMaps alone(shape.output);
        run(convolution, first, {.gains = {}, .convolved = alone.data()}, 2);
        QVERIFY(sameBits(alone, convolved));
        batchNorm(convolved, norm, alone, kernelsFor(isa));
        QVERIFY(sameBits(alone, normalised));
        for (std::size_t i = 0; i < summed.size(); ++i) {
            QCOMPARE(summed.data()[i], normalised.data()[i] + shortcuts[i]);
            QCOMPARE(rectified.data()[i], std::max(summed.data()[i], 0.0f));
        }

        for (const int threads : {1, 2, 3}) {
            std::vector<float> batch(shape.output.size() * images);
            run(convolution, {inputs.data(), shape.input, images},
                {.scale = norm.scale(),
                 .shift = norm.shift(),
                 .shortcut = shortcuts.data(),
                 .gains = {},
                 .rectified = batch.data()},
                threads);
            QVERIFY(std::memcmp(batch.data(), rectified.data(), rectified.size() * sizeof(float)) == 0);
            run(convolution, {inputs.data() + 2 * shape.input.size(), shape.input},
                {.scale = norm.scale(),
                 .shift = norm.shift(),
                 .shortcut = shortcuts.data() + 2 * shape.output.size(),
                 .gains = {},
                 .rectified = alone.data()},
                threads);
            QVERIFY(std::memcmp(batch.data() + 2 * alone.size(), alone.data(),
                                alone.size() * sizeof(float)) == 0);
        }
    }

private Q_SLOTS:
    void wideLayersNeedLittleScratchMemory() {
        const ConvolutionShape shape{{1024, 64, 64}, {32, 64, 64}, 3, 1, 1, 1};
        const std::vector<float> weights(std::size_t(1024) * 32 * 9, 0.1f);
        const Convolution convolution(shape, weights, ConvolutionAlgorithm::Winograd2,
                                      kernelsFor(Isa::Portable));
        for (const int threads : {1, 2, 16})
            QVERIFY(convolution.scratchSize(1, threads) * sizeof(float) < std::size_t(threads) * (8 << 20));
    }

    void theTableChoosesWhatWasMeasured() {
        const auto choice = [](int channels, int side, int stride = 1, int kernel = 3) {
            const int out = (side + stride - 1) / stride;
            return chooseAlgorithm({{channels, side, side}, {channels, out, out}, kernel, stride, 1, 1});
        };
        QCOMPARE(choice(64, 56), ConvolutionAlgorithm::Winograd4);
        QCOMPARE(choice(128, 28), ConvolutionAlgorithm::Winograd4);
        QCOMPARE(choice(256, 14), ConvolutionAlgorithm::Winograd2);
        QCOMPARE(choice(512, 7), ConvolutionAlgorithm::Winograd2);
        QCOMPARE(choice(128, 56, 2), ConvolutionAlgorithm::Direct);
        QCOMPARE(choice(128, 56, 2, 1), ConvolutionAlgorithm::Direct);
        QCOMPARE(choice(8, 56), ConvolutionAlgorithm::Direct);
    }
};

RESNET_TEST(ConvolutionTest)
#include "ConvolutionTest.moc"
