#include "core/Error.h"
#include "core/experiments/ScoreShares.h"
#include "tests/TestPrograms.h"
#include "tests/core/experiments/SmallNetworks.h"
#include "tests/core/inference/Reference.h"
#include "tests/core/network/OtherGraphs.h"

#include <QtTest>

using namespace resnet;
using namespace resnet::test;

namespace {

double logitOf(const Run& run, int classIndex) {
    return run.output(run.graph().logitsStep())->at(classIndex, 0, 0);
}

// The share of a unit by brute force: what the score loses when its F(x) is left out and everything behind is
// a linear pass along the shortcuts with the masks held.
double withHeldMasks(const Run& run, const ResidualUnit& without, int classIndex) {
    const Graph& graph = run.graph();
    const Network& network = *run.editedNetwork();
    std::vector<double> stream;
    const FeatureMaps& start = *run.output(graph.units().front().input);
    stream.assign(start.data(), start.data() + start.size());
    for (const ResidualUnit& unit : graph.units()) {
        for (const StepId id : unit.shortcut) {
            const Step& step = graph.step(id);
            std::vector<double> next(step.output.size());
            const std::size_t channels = std::size_t(step.output.channels);
            for (std::size_t i = 0; i < next.size(); ++i) {
                const std::size_t o = i % channels;
                if (step.kind == StepKind::BatchNorm) {
                    const auto of = [&](const char* suffix) {
                        return double(network.parameter(id, suffix).values[o]);
                    };
                    next[i] = (stream[i] - of("running_mean")) * of("weight") /
                                  std::sqrt(of("running_var") + network.spec().batchNormEpsilon) +
                              of("bias");
                    continue;
                }
                const std::size_t cell = i / channels;
                const int y = int(cell) / step.output.width * step.window.stride;
                const int x = int(cell) % step.output.width * step.window.stride;
                for (int c = 0; c < step.input.channels; ++c)
                    next[i] += stream[(std::size_t(y) * step.input.width + x) * step.input.channels + c] *
                               network.parameter(id, "weight").values[o * step.input.channels + c];
            }
            stream = std::move(next);
        }
        const FeatureMaps& f = *run.output(unit.branchOutput());
        const FeatureMaps& out = *run.output(unit.output);
        const UnitEdit& edit = run.edits().of(idOf(unit));
        for (std::size_t i = 0; i < stream.size(); ++i) {
            stream[i] = edit.shortcutGain * stream[i] +
                        (unit.name == without.name ? 0.0 : double(edit.mainPathGain) * f.data()[i]);
            if (graph.reluAfterSum(unit) && !(out.data()[i] > 0.0f))
                stream[i] = 0.0;
        }
    }
    const StepId dense = graph.logitsStep();
    const std::size_t features = std::size_t(graph.step(dense).input.channels);
    double score = network.parameter(dense, "bias").values[std::size_t(classIndex)];
    for (std::size_t i = 0; i < stream.size(); ++i)
        score +=
            stream[i] *
            network.parameter(dense, "weight").values[std::size_t(classIndex) * features + i % features] /
            double(stream.size() / features);
    return logitOf(run, classIndex) - score;
}

}  // namespace

class ScoreSharesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void addUpToTheScore() {
        const auto references = reference::readAll();
        for (const reference::Reference& each : references) {
            const Run run = reference::runOf(each);
            double largest = 0.0;
            for (int c = 0; c < each.network->spec().classes; ++c)
                largest = std::max(largest, std::abs(logitOf(run, c)));
            for (int c = 0; c < each.network->spec().classes; ++c) {
                const double gap = std::abs(scoreShares(run, c).logit() - logitOf(run, c)) / largest;
                QVERIFY2(gap < 1e-5, qPrintable(QString::number(gap)));
            }
        }
        QVERIFY(references.size() >= 2);
    }

    void addUpInOtherNetworksAndWithEdits_data() {
        QTest::addColumn<int>("graph");
        QTest::addColumn<QString>("edits");
        QTest::newRow("basic") << 0 << QStringLiteral("layer1.1:F=0.5,layer2.0:x=2");
        QTest::newRow("off") << 0 << QStringLiteral("layer2.1:F=0,layer2.2:x=0");
        QTest::newRow("other weights") << 0 << QStringLiteral("layer2.1:weights=layer2.2,layer1.0:seed=3");
        QTest::newRow("bottleneck") << 1 << QStringLiteral("layer1.1:F=-0.5");
        QTest::newRow("pre-activation") << 2 << QStringLiteral("layer1.1:F=1.5");
    }
    void addUpInOtherNetworksAndWithEdits() {
        QFETCH(int, graph);
        QFETCH(QString, edits);
        const auto packed = packedOf(livelyNetwork(graph == 0   ? Graph(smallSpec())
                                                   : graph == 1 ? bottleneckGraph()
                                                                : preActivationGraph()));
        const Run run = finishedRun(packed, someInput(packed->graph().outputShape(inputStep)),
                                    editsFrom(edits.toStdString(), packed->graph()));
        for (int c = 0; c < 5; ++c) {
            const double logit = logitOf(run, c);
            const double gap = std::abs(scoreShares(run, c).logit() - logit) / std::max(1.0, std::abs(logit));
            QVERIFY2(gap < 1e-5, qPrintable(QString::number(gap)));
        }
    }

    void aShareIsWhatTheScoreLosesWithMasksHeld() {
        const auto packed = packedOf(livelyNetwork(Graph(smallSpec())));
        const Run run = finishedRun(packed, someInput(packed->graph().outputShape(inputStep)),
                                    editsFrom("layer1.1:F=0.5,layer2.1:x=0.7", packed->graph()));
        const ScoreShares shares = scoreShares(run, 2);
        for (std::size_t i = 0; i < shares.units.size(); ++i) {
            const ResidualUnit& unit = packed->graph().units()[i];
            const double expected = withHeldMasks(run, unit, 2);
            QVERIFY2(std::abs(shares.units[i].mainPath - expected) < 1e-4,
                     qPrintable(QStringLiteral("%1: %2, not %3")
                                    .arg(QString::fromStdString(unit.name))
                                    .arg(shares.units[i].mainPath)
                                    .arg(expected)));
            QCOMPARE(shares.units[i].shift != 0.0, unit.hasProjection());
        }
    }

    void refusesWhatHasNoStream() {
        const auto plain = packedOf(livelyNetwork(Graph(smallSpec(false))));
        const FeatureMapsPtr input = someInput(plain->graph().outputShape(inputStep));
        QVERIFY_EXCEPTION_THROWN(scoreShares(finishedRun(plain, input), 0), Error);
        const Run run = finishedRun(packedOf(livelyNetwork(Graph(smallSpec()))), input);
        QVERIFY_EXCEPTION_THROWN(scoreShares(run, 5), Error);
        QVERIFY_EXCEPTION_THROWN(scoreShares(run, -1), Error);
        QVERIFY_EXCEPTION_THROWN(scoreShares(run.before(10), 0), Error);
    }
};

RESNET_TEST(ScoreSharesTest)
#include "ScoreSharesTest.moc"
