#include "core/ops/BatchNorm.h"
#include "core/ops/ConvolutionBackward.h"
#include "core/ops/Isa.h"
#include "core/ops/Relu.h"
#include "tests/TestPrograms.h"
#include "tests/core/ops/Naive.h"

#include <QtTest>

#include <tbb/task_arena.h>

#include <cstring>

using namespace resnet;

namespace {

struct BackwardCase {
    int inputs, outputs, height, width, kernel, stride, padTop, padLeft, padBottom, padRight;

    ConvolutionShape shape() const {
        return {{inputs, height, width},
                {outputs, (height + padTop + padBottom - kernel) / stride + 1,
                 (width + padLeft + padRight - kernel) / stride + 1},
                kernel,
                stride,
                padTop,
                padLeft};
    }
};

// The last four: "same" as Keras on PyTorch has it for 1 x 1 of stride 2, a window larger than the map, and
// channels that are shared out.
const BackwardCase backwardCases[] = {
    {3, 8, 33, 47, 7, 2, 3, 3, 3, 3},   {3, 64, 32, 37, 7, 2, 2, 2, 3, 3},
    {8, 8, 13, 17, 3, 1, 1, 1, 1, 1},   {5, 7, 9, 11, 3, 1, 1, 1, 1, 1},
    {33, 65, 7, 7, 3, 1, 1, 1, 1, 1},   {64, 96, 14, 9, 3, 1, 1, 1, 1, 1},
    {17, 31, 1, 1, 3, 1, 1, 1, 1, 1},   {24, 40, 15, 18, 3, 2, 0, 1, 1, 1},
    {16, 24, 16, 16, 3, 2, 1, 1, 1, 1}, {32, 48, 15, 11, 1, 2, 0, 0, 0, 0},
    {9, 5, 8, 8, 1, 1, 0, 0, 0, 0},     {130, 70, 29, 30, 3, 1, 1, 1, 1, 1},
    {6, 4, 12, 13, 5, 3, 2, 2, 2, 2},   {4, 9, 10, 12, 3, 1, 0, 2, 2, 0},
    {7, 9, 8, 8, 1, 2, -1, -1, 1, 1},   {3, 16, 4, 5, 7, 2, 3, 3, 3, 3},
    {64, 40, 19, 14, 3, 2, 1, 1, 1, 1}, {96, 8, 12, 9, 5, 3, 2, 2, 2, 2},
};

constexpr ConvolutionAlgorithm backwardAlgorithms[] = {
    ConvolutionAlgorithm::Direct, ConvolutionAlgorithm::Winograd2, ConvolutionAlgorithm::Winograd4};

// Every product of the forward pass, given back to the cell that it was read from.
FeatureMaps naiveConvolutionBackward(const float* gradient, const ConvolutionShape& shape,
                                     const std::vector<float>& weights) {
    const FeatureShape& in = shape.input;
    std::vector<double> sums(in.size());
    const int k = shape.kernel;
    for (int y = 0; y < shape.output.height; ++y)
        for (int x = 0; x < shape.output.width; ++x)
            for (int o = 0; o < shape.output.channels; ++o, ++gradient)
                for (int i = 0; i < in.channels; ++i)
                    for (int ky = 0; ky < k; ++ky)
                        for (int kx = 0; kx < k; ++kx) {
                            const int iy = y * shape.stride + ky - shape.padTop;
                            const int ix = x * shape.stride + kx - shape.padLeft;
                            if (iy >= 0 && iy < in.height && ix >= 0 && ix < in.width)
                                sums[(std::size_t(iy) * in.width + ix) * in.channels + i] +=
                                    double(*gradient) *
                                    weights[((std::size_t(o) * in.channels + i) * k + ky) * k + kx];
                        }
    FeatureMaps made(in);
    std::ranges::transform(sums, made.data(), [](double sum) { return float(sum); });
    return made;
}

void run(const ConvolutionBackward& backward, const MapsView& gradient, const BackwardResults& results,
         int threads) {
    tbb::task_arena arena(threads);
    AlignedBuffer scratch(backward.scratchSize(gradient.images, threads));
    arena.execute([&] { backward.run(gradient, results, scratch.data(), threads); });
}

}  // namespace

class ConvolutionBackwardTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    // Two gradients at once, on every processor and by every algorithm, with and without something to add to;
    // the number of threads changes no bit.
    void givesEveryProductBack() {
        constexpr int images = 2;
        for (const BackwardCase& each : backwardCases) {
            const ConvolutionShape shape = each.shape();
            const std::size_t size = shape.input.size();
            const auto weights =
                naive::someValues(std::size_t(each.inputs) * each.outputs * each.kernel * each.kernel, 1);
            const auto gradient = naive::someValues(shape.output.size() * images, 2);
            const auto addend = naive::someValues(size * images, 3);
            std::vector<FeatureMaps> expected;
            std::vector<FeatureMaps> expectedSum;
            for (int image = 0; image < images; ++image) {
                expected.push_back(
                    naiveConvolutionBackward(gradient.data() + shape.output.size() * image, shape, weights));
                expectedSum.emplace_back(shape.input);
                for (std::size_t i = 0; i < size; ++i)
                    expectedSum.back().data()[i] = expected.back().data()[i] + addend[size * image + i];
            }
            for (const Isa isa : supportedIsas())
                for (const ConvolutionAlgorithm algorithm : backwardAlgorithms) {
                    if (!isApplicable(algorithm, ConvolutionBackward::productShapeOf(shape)))
                        continue;
                    const ConvolutionBackward backward(shape, weights, algorithm, kernelsFor(isa));
                    std::vector<float> plain(size * images);
                    std::vector<float> summed(addend);
                    std::vector<float> again(size * images);
                    const MapsView from(gradient.data(), shape.output, images);
                    run(backward, from, {nullptr, plain.data()}, 1);
                    run(backward, from, {summed.data(), summed.data()}, 3);
                    run(backward, from, {nullptr, again.data()}, 3);
                    QVERIFY(std::memcmp(plain.data(), again.data(), plain.size() * sizeof(float)) == 0);
                    for (std::size_t image = 0; image < images; ++image) {
                        QVERIFY(naive::relativeError(plain.data() + size * image, expected[image]) < 2e-5);
                        QVERIFY(naive::relativeError(summed.data() + size * image, expectedSum[image]) <
                                2e-5);
                    }
                }
        }
    }

    // The ReLU's and the batch norm's gradient made on the way have the bits of those made afterwards.
    void takesReluAndNormWithIt() {
        for (const BackwardCase& each : backwardCases) {
            const ConvolutionShape shape = each.shape();
            const auto weights =
                naive::someValues(std::size_t(each.inputs) * each.outputs * each.kernel * each.kernel, 1);
            const FeatureMaps gradient = naive::someMaps(shape.output, 2);
            const FeatureMaps addend = naive::someMaps(shape.input, 3);
            FeatureMaps values = naive::someMaps(shape.input, 4);
            for (std::size_t i = 0; i < values.size(); i += 5)
                values.data()[i] = 0.0f;
            const std::size_t channels = std::size_t(each.inputs);
            const FoldedBatchNorm norm(naive::someValues(channels, 5), naive::someValues(channels, 6),
                                       naive::someValues(channels, 7), std::vector<float>(channels, 0.5f),
                                       1e-3);
            for (const Isa isa : supportedIsas())
                for (const ConvolutionAlgorithm algorithm : backwardAlgorithms) {
                    if (!isApplicable(algorithm, ConvolutionBackward::productShapeOf(shape)))
                        continue;
                    const ConvolutionBackward backward(shape, weights, algorithm, kernelsFor(isa));
                    for (const float* const added : {addend.data(), static_cast<const float*>(nullptr)}) {
                        FeatureMaps sum(shape.input), gated(shape.input), scaled(shape.input);
                        run(backward, gradient, {added, sum.data()}, 1);
                        reluBackward(sum, values, ReluRule::Derivative, gated, kernelsFor(isa));
                        batchNormBackward(gated, norm, scaled, kernelsFor(isa));
                        FeatureMaps sum2(shape.input), gated2(shape.input), scaled2(shape.input);
                        run(backward, gradient,
                            {added, sum2.data(), values.data(), gated2.data(), norm.scale(), scaled2.data()},
                            2);
                        const std::size_t bytes = sum.size() * sizeof(float);
                        QVERIFY(std::memcmp(sum.data(), sum2.data(), bytes) == 0);
                        QVERIFY(std::memcmp(gated.data(), gated2.data(), bytes) == 0);
                        QVERIFY(std::memcmp(scaled.data(), scaled2.data(), bytes) == 0);
                        if (shape.stride > 1)
                            continue;
                        run(backward, gradient,
                            {added, nullptr, values.data(), gated2.data(), nullptr, nullptr}, 2);
                        QVERIFY(std::memcmp(gated.data(), gated2.data(), bytes) == 0);
                    }
                }
        }
    }
};

RESNET_TEST(ConvolutionBackwardTest)
#include "ConvolutionBackwardTest.moc"
