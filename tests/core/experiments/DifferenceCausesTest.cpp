#include "core/experiments/DifferenceCauses.h"
#include "core/experiments/FoldedLayers.h"
#include "tests/TestPrograms.h"
#include "tests/core/experiments/SmallNetworks.h"

#include <QtTest>

using namespace resnet;
using namespace resnet::test;

namespace {

Image somePicture() {
    Image image{70, 61, std::vector<std::uint8_t>(std::size_t(70) * 61 * 3)};
    Random random(4);
    for (std::uint8_t& byte : image.rgb)
        byte = std::uint8_t(random.uniform() * 255.0);
    return image;
}

ModelPtr modelOf(std::shared_ptr<const Network> network, const Preprocessing& preprocessing = {}) {
    auto model = std::make_shared<Model>();
    model->network = std::move(network);
    model->preprocessing = preprocessing;
    return model;
}

ModelPtr withParameters(const ModelPtr& model, const std::function<void(StateDict&)>& change) {
    StateDict parameters = model->network->parameters();
    change(parameters);
    return modelOf(std::make_shared<const Network>(model->network->spec(), std::move(parameters)));
}

ModelPtr withSpec(const ModelPtr& model, const std::function<void(NetworkSpec&)>& change) {
    NetworkSpec spec = model->network->spec();
    change(spec);
    return modelOf(std::make_shared<const Network>(model->network->withSpec(spec)), model->preprocessing);
}

// Every convolution takes its batch norm over; that becomes (x - mean) / 1 + shift.
ModelPtr folded(const ModelPtr& model) {
    return withParameters(model, [&](StateDict& parameters) {
        const Graph& graph = model->graph();
        for (const Step& step : graph.steps()) {
            const auto norm = graph.consumerOf(step.id, StepKind::BatchNorm);
            if (step.kind != StepKind::Convolution || !norm)
                continue;
            const Tensor line = foldedLayer(*model->network, step.id, *norm);
            Tensor& weight = parameters.at(step.name + ".weight");
            const std::string& name = graph.stepName(*norm);
            std::copy_n(line.values.begin(), weight.values.size(), weight.values.begin());
            std::copy(line.values.begin() + std::ptrdiff_t(weight.values.size()), line.values.end(),
                      parameters.at(name + ".bias").values.begin());
            for (float& value : parameters.at(name + ".weight").values)
                value = 1.0f;
            for (float& value : parameters.at(name + ".running_mean").values)
                value = 0.0f;
            for (float& value : parameters.at(name + ".running_var").values)
                value = float(1.0 - model->network->spec().batchNormEpsilon);
        }
    });
}

}  // namespace

class DifferenceCausesTest : public QObject {
    Q_OBJECT

    const Image m_picture = somePicture();
    const ModelPtr m_a = modelOf(livelyNetwork(Graph(smallSpec())));

    RunComparison comparison(const ModelPtr& b) const {
        return compared(*runOn(*m_a, m_picture), *runOn(*b, m_picture));
    }
    QString cause(const ModelPtr& b) const {
        return QString::fromStdString(causeOfDifference(m_a, b, m_picture, 1e-4).value_or("nothing"));
    }
    QString firstStep(const ModelPtr& b) const {
        const RunComparison steps = comparison(b);
        const StepDifference* first = steps.first(1e-4);
        return first ? QString::fromStdString(first->step) : QStringLiteral("none");
    }

private Q_SLOTS:
    void equalNetworksDoNotDiffer() {
        const RunComparison steps = comparison(m_a);
        QCOMPARE(int(steps.steps.size()), m_a->graph().stepCount() + 1);
        QCOMPARE(steps.largest(), 0.0);
        QVERIFY(!steps.first(0.0));
    }

    void findsSettings() {
        // Padding matters first where the stride is 2 and an odd pixel is padded.
        const ModelPtr padded = withSpec(m_a, [](NetworkSpec& spec) { spec.padding = Padding::Symmetric; });
        QCOMPARE(cause(padded), QStringLiteral("padding (same in A, symmetric in B)"));
        QVERIFY(firstStep(padded) != QLatin1String("input"));
        const ModelPtr epsilon = withSpec(m_a, [](NetworkSpec& spec) { spec.batchNormEpsilon = 0.1; });
        QCOMPARE(cause(epsilon), QStringLiteral("epsilon (0.001 in A, 0.1 in B)"));
        QCOMPARE(firstStep(epsilon), QStringLiteral("bn1"));
        Preprocessing other;
        other.channelOrder = ChannelOrder::BGR;
        other.mean = {0.406f, 0.456f, 0.485f};
        other.deviation = {0.225f, 0.224f, 0.229f};
        QCOMPARE(cause(modelOf(m_a->network, other)),
                 QStringLiteral("order of colours (RGB in A, BGR in B)"));
        QCOMPARE(firstStep(modelOf(m_a->network, other)), QStringLiteral("input"));
        Preprocessing scaled;
        scaled.mean = {0.0f, 0.0f, 0.0f};
        QVERIFY(cause(modelOf(m_a->network, scaled))
                    .startsWith(QLatin1String("mean and standard deviation of pixels (")));
        Preprocessing resized;
        resized.shorterSide = 48;
        QCOMPARE(cause(modelOf(m_a->network, resized)),
                 QStringLiteral("resize (shorter side 36 in A, 48 in B)"));
        const ModelPtr smaller = withSpec(m_a, [](NetworkSpec& spec) { spec.inputHeight = 64; });
        QCOMPARE(cause(smaller), QStringLiteral("input size (41 × 36 × 3 in A, 64 × 36 × 3 in B)"));
        QVERIFY(!comparison(smaller).steps.front().haveEqualShapes);
    }

    void findsWeights() {
        const ModelPtr unit = withParameters(
            m_a, [](StateDict& parameters) { parameters.at("layer2.1.conv2.weight").values[5] += 1.0f; });
        QCOMPARE(firstStep(unit), QStringLiteral("layer2.1.conv2"));
        QCOMPARE(cause(unit), QStringLiteral("the weights of layer2.1"));
        const ModelPtr reversed = withParameters(m_a, [](StateDict& parameters) {
            std::vector<float>& values = parameters.at("conv1.weight").values;
            for (std::size_t o = 0; o < 8; ++o)
                std::swap_ranges(values.begin() + std::ptrdiff_t(o * 147),
                                 values.begin() + std::ptrdiff_t(o * 147 + 49),
                                 values.begin() + std::ptrdiff_t(o * 147 + 98));
        });
        QVERIFY(cause(reversed).contains(QLatin1String("channels in reverse order")));
        const ModelPtr rounded = withParameters(m_a, [](StateDict& parameters) {
            for (auto& [name, tensor] : parameters)
                for (float& value : tensor.values)
                    value *= 1.0003f;
        });
        QVERIFY(cause(rounded).startsWith(QLatin1String("rounding of the weights")));
        const ModelPtr other = modelOf(livelyNetwork(Graph(smallSpec()), 8));
        QCOMPARE(cause(other), QStringLiteral("the weights of 7 parts, from the stem to the head"));
    }

    void findsFoldedBatchNorms() {
        const ModelPtr b = folded(m_a);
        QCOMPARE(firstStep(b), QStringLiteral("conv1"));
        QVERIFY2(cause(b).startsWith(QLatin1String("batch norms folded")), qPrintable(cause(b)));
        for (const StepDifference& each : comparison(b).steps)
            if (each.step == "fc" || each.step == "bn1" || each.step == "layer2.0.add")
                QVERIFY(each.relative < 1e-5);
    }

    void findsWhatOnlyDoesTogether() {
        const ModelPtr both = withSpec(
            withParameters(
                m_a, [](StateDict& parameters) { parameters.at("layer1.1.bn1.bias").values[0] += 2.0f; }),
            [](NetworkSpec& spec) {
                spec.padding = Padding::Symmetric;
                spec.batchNormEpsilon = 0.00100001;  // too little to matter
            });
        QCOMPARE(cause(both), QStringLiteral("together: padding (same in A, symmetric in B); the weights of "
                                             "layer1.1"));
    }

    void pairsOtherDepthsByStageAndUnit() {
        NetworkSpec deeper = smallSpec();
        deeper.unitsPerStage = {3, 3};
        const ModelPtr b = modelOf(livelyNetwork(Graph(deeper)));
        const RunComparison steps = comparison(b);
        QVERIFY(steps.onlyInA.empty());
        QCOMPARE(int(steps.onlyInB.size()), 7);
        QCOMPARE(steps.onlyInB.front(), std::string("layer1.2.conv1"));
        QCOMPARE(cause(b), QStringLiteral("nothing"));
        const ModelPtr plain = modelOf(livelyNetwork(Graph(smallSpec(false))));
        QVERIFY(!comparison(plain).onlyInA.empty());
        QCOMPARE(cause(plain), QStringLiteral("nothing"));
    }

    void differencesAreThoseOfTheFormula() {
        FeatureMaps a({1, 1, 3});
        FeatureMaps b({1, 1, 3});
        const auto fill = [](FeatureMaps& maps, float x, float y, float z) {
            maps.data()[0] = x;
            maps.data()[1] = y;
            maps.data()[2] = z;
        };
        fill(a, 3.0f, 4.0f, 0.0f);
        fill(b, 3.0f, 4.0f, 0.5f);
        QCOMPARE(relativeDifference(a, b), 0.1);
        fill(b, 3.0f, 4.0f, NAN);
        QVERIFY(std::isinf(relativeDifference(a, b)));
        fill(a, 0.0f, 0.0f, 0.0f);
        fill(b, 0.0f, -0.0f, 0.0f);
        QCOMPARE(relativeDifference(a, b), 0.0);
        fill(b, 0.0f, 1.0f, 0.0f);
        QVERIFY(std::isinf(relativeDifference(a, b)));
    }
};

RESNET_TEST(DifferenceCausesTest)
#include "DifferenceCausesTest.moc"
