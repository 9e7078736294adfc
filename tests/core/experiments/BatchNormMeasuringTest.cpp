#include "core/Error.h"
#include "core/experiments/BatchNormMeasuring.h"
#include "core/experiments/EditSweep.h"
#include "tests/TestPrograms.h"
#include "tests/core/experiments/SmallNetworks.h"

#include <QtTest>

using namespace resnet;
using namespace resnet::test;

namespace {

// Plain loops in double precision, map by map: channels x height x width.
struct Maps {
    FeatureShape shape;
    std::vector<double> values;
    double& at(int c, int y, int x) {
        return values[(std::size_t(c) * shape.height + y) * shape.width + std::size_t(x)];
    }
};
using Batch = std::vector<Maps>;

Batch convolved(Batch& in, const Step& step, const std::vector<float>& weights) {
    Batch out;
    for (Maps& maps : in) {
        Maps made{step.output, std::vector<double>(step.output.size())};
        const Window& w = step.window;
        for (int o = 0; o < step.output.channels; ++o)
            for (int y = 0; y < step.output.height; ++y)
                for (int x = 0; x < step.output.width; ++x)
                    for (int i = 0; i < step.input.channels; ++i)
                        for (int ky = 0; ky < w.kernel; ++ky)
                            for (int kx = 0; kx < w.kernel; ++kx) {
                                const int row = y * w.stride + ky - w.padTop;
                                const int column = x * w.stride + kx - w.padLeft;
                                if (row < 0 || column < 0 || row >= step.input.height ||
                                    column >= step.input.width)
                                    continue;
                                made.at(o, y, x) +=
                                    maps.at(i, row, column) *
                                    weights[std::size_t(
                                        ((o * step.input.channels + i) * w.kernel + ky) * w.kernel + kx)];
                            }
        out.push_back(std::move(made));
    }
    return out;
}

Batch pooled(Batch& in, const Step& step) {
    Batch out;
    for (Maps& maps : in) {
        Maps made{step.output, std::vector<double>(step.output.size(), -1e300)};
        for (int c = 0; c < step.output.channels; ++c)
            for (int y = 0; y < step.output.height; ++y)
                for (int x = 0; x < step.output.width; ++x)
                    for (int ky = 0; ky < step.window.kernel; ++ky)
                        for (int kx = 0; kx < step.window.kernel; ++kx) {
                            const int row = y * step.window.stride + ky - step.window.padTop;
                            const int column = x * step.window.stride + kx - step.window.padLeft;
                            if (row >= 0 && column >= 0 && row < step.input.height &&
                                column < step.input.width)
                                made.at(c, y, x) = std::max(made.at(c, y, x), maps.at(c, row, column));
                        }
        out.push_back(std::move(made));
    }
    return out;
}

struct Measured {
    std::map<std::string, std::vector<double>> mean, variance;
};

// PyTorch's layers in training mode, momentum=None, all pictures one batch.
Measured measuredPlainly(const Network& network, const std::vector<FeatureMapsPtr>& pictures,
                         const Edits& edits) {
    const Graph& graph = network.graph();
    Measured result;
    std::map<StepId, Batch> outputs;
    for (const FeatureMapsPtr& picture : pictures) {
        Maps maps{picture->shape(), {}};
        for (int c = 0; c < picture->channels(); ++c)
            for (int y = 0; y < picture->height(); ++y)
                for (int x = 0; x < picture->width(); ++x)
                    maps.values.push_back(picture->at(c, y, x));
        outputs[inputStep].push_back(maps);
    }
    for (const Step& step : graph.steps()) {
        if (step.kind == StepKind::GlobalAveragePool)
            break;
        Batch made = outputs[step.inputs.front()];
        if (step.kind == StepKind::Convolution)
            made = convolved(made, step, network.parameter(step.id, "weight").values);
        else if (step.kind == StepKind::MaxPool)
            made = pooled(made, step);
        for (std::size_t p = 0; p < made.size(); ++p)
            for (std::size_t i = 0; i < made[p].values.size(); ++i) {
                double& value = made[p].values[i];
                const UnitEdit& edit = edits.of({step.stage, step.unit});
                if (step.kind == StepKind::ReLU)
                    value = std::max(value, 0.0);
                if (step.kind == StepKind::Add)
                    value = edit.mainPathGain * value +
                            edit.shortcutGain * outputs[step.inputs.back()][p].values[i];
            }
        const std::size_t cells = step.output.pixels();
        for (int c = 0; step.kind == StepKind::BatchNorm && c < step.output.channels; ++c) {
            double sum = 0.0, squares = 0.0;
            const double count = double(cells * made.size());
            for (const Maps& maps : made)
                for (std::size_t i = 0; i < cells; ++i)
                    sum += maps.values[std::size_t(c) * cells + i];
            for (const Maps& maps : made)
                for (std::size_t i = 0; i < cells; ++i)
                    squares += std::pow(maps.values[std::size_t(c) * cells + i] - sum / count, 2);
            result.mean[step.name].push_back(sum / count);
            result.variance[step.name].push_back(squares / (count - 1.0));
            const double scale = network.parameter(step.id, "weight").values[std::size_t(c)] /
                                 std::sqrt(squares / count + network.spec().batchNormEpsilon);
            for (Maps& maps : made)
                for (std::size_t i = 0; i < cells; ++i) {
                    double& value = maps.values[std::size_t(c) * cells + i];
                    value = (value - sum / count) * scale +
                            network.parameter(step.id, "bias").values[std::size_t(c)];
                }
        }
        outputs[step.id] = std::move(made);
    }
    return result;
}

double worstDifference(const Network& network, const Measured& expected) {
    double worst = 0.0;
    for (const auto& [name, means] : expected.mean)
        for (std::size_t c = 0; c < means.size(); ++c) {
            const double variance = expected.variance.at(name)[c];
            const double mean = network.parameters().at(name + ".running_mean").values[c];
            const double found = network.parameters().at(name + ".running_var").values[c];
            worst = std::max({worst, std::abs(mean - means[c]) / std::sqrt(variance),
                              std::abs(found - variance) / variance});
        }
    return worst;
}

}  // namespace

class BatchNormMeasuringTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void agreesWithAPlainReference_data() {
        QTest::addColumn<QString>("edits");
        QTest::newRow("intact") << QString();
        QTest::newRow("off") << QStringLiteral("layer1.1:F=0");
        QTest::newRow("gains") << QStringLiteral("layer2.0:F=0.5,layer2.0:x=-1.5");
        QTest::newRow("swap") << QStringLiteral("layer2.1:weights=layer2.2,layer2.2:weights=layer2.1");
    }
    void agreesWithAPlainReference() {
        QFETCH(QString, edits);
        const auto packed = packedOf(livelyNetwork(Graph(smallSpec())));
        const Edits asked = editsFrom(edits.toStdString(), packed->graph());
        const auto pictures = someInputs(packed->graph().outputShape(inputStep), 8);
        const auto measured = withMeasuredBatchNorm(packed, asked, pictures);
        QVERIFY(measured.has_value());
        const Measured expected = measuredPlainly(packed->network()->with(asked), pictures, asked);
        QCOMPARE(int(expected.mean.size()), 1 + 10 + 1);
        const double worst = worstDifference(*measured->network, expected);
        qInfo("largest difference %.1e of a deviation or variance", worst);
        QVERIFY2(worst < 1e-4, qPrintable(QString::number(worst)));
        QVERIFY(!measured->gains.changesWeights());
        for (const ResidualUnit& unit : packed->graph().units())
            QCOMPARE(measured->gains.of(idOf(unit)).mainPathGain, asked.of(idOf(unit)).mainPathGain);
    }

    // A network whose statistics are those of the pictures keeps them, but for n / (n - 1), and what it says.
    void measuringAgainChangesLittle() {
        const auto packed = packedOf(livelyNetwork(Graph(smallSpec())));
        const auto pictures = someInputs(packed->graph().outputShape(inputStep), 12);
        const auto once = withMeasuredBatchNorm(packed, {}, pictures);
        const auto twice = withMeasuredBatchNorm(packedOf(once->network), {}, pictures);
        QVERIFY(once->network->parameters() == twice->network->parameters());
        QVERIFY(once->network->parameters() != packed->network()->parameters());
        const auto threads = withMeasuredBatchNorm(packedOf(packed->network(), 5), {}, pictures);
        QVERIFY(once->network->parameters() == threads->network->parameters());
    }

    void refusesAndStops() {
        const auto packed = packedOf(livelyNetwork(Graph(smallSpec())));
        const FeatureShape shape = packed->graph().outputShape(inputStep);
        QVERIFY_EXCEPTION_THROWN(withMeasuredBatchNorm(packed, {}, someInputs(shape, 7)), Error);
        QVERIFY_EXCEPTION_THROWN(withMeasuredBatchNorm(packed, {}, someInputs({3, 9, 9}, 8)), Error);
        std::stop_source stop;
        stop.request_stop();
        QVERIFY(!withMeasuredBatchNorm(packed, {}, someInputs(shape, 8), stop.get_token()));
        QVERIFY(mostMeasuredPictures(Graph(NetworkSpec{})) >= 64);
    }
};

RESNET_TEST(BatchNormMeasuringTest)
#include "BatchNormMeasuringTest.moc"
