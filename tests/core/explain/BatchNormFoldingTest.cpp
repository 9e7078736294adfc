#include "core/Error.h"
#include "core/explain/BatchNormFolding.h"
#include "core/network/Initialization.h"
#include "tests/TestPrograms.h"
#include "tests/core/inference/Reference.h"
#include "tests/core/network/OtherGraphs.h"

#include <QtTest>

#include <cmath>

using namespace resnet;

namespace {

std::vector<StepId> batchNormsOf(const Graph& graph) {
    std::vector<StepId> steps;
    for (const Step& step : graph.steps())
        if (step.kind == StepKind::BatchNorm)
            steps.push_back(step.id);
    return steps;
}

// w' * x + b' of one cell, plainly in double precision.
double foldedCell(const Network& network, const FeatureMaps& input, StepId batchNorm, int channel, int y,
                  int x) {
    const Step& step = network.graph().step(network.graph().step(batchNorm).inputs.front());
    const BatchNormLine line = batchNormLine(network, batchNorm, channel);
    const Window& window = step.window;
    const float* weight = network.parameter(step.id, "weight").values.data() +
                          std::size_t(channel) * input.channels() * window.kernel * window.kernel;
    double sum = line.shift;
    for (int c = 0; c < input.channels(); ++c)
        for (int ky = 0; ky < window.kernel; ++ky)
            for (int kx = 0; kx < window.kernel; ++kx, ++weight) {
                const int row = y * window.stride - window.padTop + ky;
                const int column = x * window.stride - window.padLeft + kx;
                if (row >= 0 && row < input.height() && column >= 0 && column < input.width())
                    sum += *weight * line.scale * input.at(c, row, column);
            }
    return sum;
}

}  // namespace

class BatchNormFoldingTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aLineIsTheFormula() {
        const reference::Reference each = reference::readAll().front();
        const Network& network = *each.network;
        const StepId step = batchNormsOf(network.graph()).back();
        const BatchNormLine line = batchNormLine(network, step, 3);
        QCOMPARE(line.gamma, network.parameter(step, "weight").values[3]);
        const double root = std::sqrt(double(network.parameter(step, "running_var").values[3]) +
                                      network.spec().batchNormEpsilon);
        QCOMPARE(line.scale, line.gamma / root);
        for (const double before : {-1.5, 0.0, 2.0})
            QVERIFY(std::abs(line.scale * before + line.shift -
                             (line.gamma * (before - line.mean) / root + line.beta)) < 1e-12);
    }

    // Of all references: every kind of convolution, padding and epsilon.
    void foldingChangesNothingButRounding() {
        for (const reference::Reference& each : reference::readAll()) {
            const Run activations = runOf(each);
            for (const StepId step : batchNormsOf(each.network->graph())) {
                const FoldedConvolution folded = foldedConvolution(activations, step, {2, {}, {}});
                QCOMPARE(folded.output->shape(), activations.output(step)->shape());
                QVERIFY(folded.largestMagnitude > 0.0);
                QVERIFY2(folded.largestDifference <= 1e-5 * folded.largestMagnitude,
                         each.network->graph().stepName(step).c_str());
                QCOMPARE(std::abs(double(folded.output->at(folded.channel, folded.y, folded.x)) -
                                  activations.output(step)->at(folded.channel, folded.y, folded.x)),
                         folded.largestDifference);
            }
        }
    }

    void theOutputIsThatOfTheFoldedWeights() {
        const reference::Reference each = reference::readAll().front();
        const Graph& graph = each.network->graph();
        const Run activations = runOf(each);
        for (const StepId step : batchNormsOf(graph)) {
            const FeatureMaps& input =
                *activations.output(graph.step(graph.step(step).inputs.front()).inputs.front());
            const FoldedConvolution folded = foldedConvolution(activations, step);
            const FeatureShape& shape = folded.output->shape();
            for (const auto& [channel, y, x] :
                 {std::tuple(0, 0, 0), std::tuple(shape.channels - 1, shape.height - 1, shape.width / 2)})
                QVERIFY(std::abs(foldedCell(*each.network, input, step, channel, y, x) -
                                 folded.output->at(channel, y, x)) <= 1e-5 * folded.largestMagnitude);
        }
    }

    void valuesThatAreNotFiniteDoNotCount() {
        const reference::Reference each = reference::readAll().front();
        const StepId step = batchNormsOf(each.network->graph()).front();
        Run activations = runOf(each);
        auto damaged = std::make_shared<FeatureMaps>(activations.output(step)->shape());
        std::copy_n(activations.output(step)->data(), damaged->size(), damaged->data());
        damaged->at(1, 0, 0) = std::numeric_limits<float>::quiet_NaN();
        damaged->at(0, 1, 1) = std::numeric_limits<float>::infinity();
        activations = activations.withOutput(step, damaged, 0.0);
        const FoldedConvolution folded = foldedConvolution(activations, step);
        QVERIFY(folded.largestDifference <= 1e-5 * folded.largestMagnitude);
        QVERIFY(std::isfinite(folded.largestMagnitude));
    }

    void anyStepHasABatchNormNearby() {
        const Graph graph(resNet34());
        const auto nearest = [&](const char* name) {
            return graph.stepName(*nearestBatchNorm(graph, *graph.find(name)));
        };
        QCOMPARE(nearest("conv1"), "bn1");
        QCOMPARE(nearest("layer2.0.downsample.0"), "layer2.0.downsample.1");
        QCOMPARE(nearest("layer2.0.bn2"), "layer2.0.bn2");
        QCOMPARE(nearest("layer2.0.add"), "layer2.0.bn2");
        QCOMPARE(nearest("softmax"), "layer4.2.bn2");
        QCOMPARE(graph.stepName(*nearestBatchNorm(graph, inputStep)), "bn1");
    }

    // Where batch norm stands before its convolution there is none that folds, or another one does.
    void onlyWhatFollowsAConvolutionFolds() {
        const Graph graph = resnet::test::preActivationGraph();
        const auto nearest = [&](const char* name) {
            return graph.stepName(*nearestBatchNorm(graph, *graph.find(name)));
        };
        QVERIFY(!foldableBatchNorm(graph, *graph.find("layer1.0.bn1")));    // follows a pooling
        QVERIFY(!foldableBatchNorm(graph, *graph.find("layer1.0.conv2")));  // an addition follows
        QVERIFY(!foldableBatchNorm(graph, inputStep));
        QCOMPARE(foldableBatchNorm(graph, *graph.find("layer1.0.conv1")), graph.find("layer1.0.bn2"));
        QCOMPARE(foldableBatchNorm(graph, *graph.find("layer1.0.bn2")), graph.find("layer1.0.bn2"));
        QCOMPARE(nearest("layer1.0.conv2"), "layer1.0.bn2");
        QCOMPARE(nearest("layer2.0.bn1"), "layer1.1.bn2");
        QCOMPARE(nearest("conv1"), "layer1.0.bn2");
        QCOMPARE(nearest("softmax"), "layer2.1.bn2");

        const Run empty(std::make_shared<const Network>(graph, initialParameters(graph, 1)));
        QVERIFY_EXCEPTION_THROWN(foldedConvolution(empty, *graph.find("layer1.0.bn1")), Error);
    }

    void refusesWhatIsNotComputed() {
        const reference::Reference each = reference::readAll().front();
        const Run empty(each.network, each.input);
        QVERIFY_EXCEPTION_THROWN(foldedConvolution(empty, 1), Error);
    }
};

RESNET_TEST(BatchNormFoldingTest)
#include "BatchNormFoldingTest.moc"
