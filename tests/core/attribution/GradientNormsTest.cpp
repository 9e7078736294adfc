#include "core/attribution/GradientNorms.h"
#include "core/inference/BackwardExecutor.h"
#include "core/inference/Executor.h"
#include "tests/TestPrograms.h"
#include "tests/core/inference/Experiments.h"

#include <QtTest>

#include <cmath>

using namespace resnet;

namespace {

double norm(const FeatureMaps& maps) {
    double sum = 0.0;
    for (std::size_t i = 0; i < maps.size(); ++i)
        sum += double(maps.data()[i]) * maps.data()[i];
    return std::sqrt(sum);
}

struct NormsSubject {
    explicit NormsSubject(const char* edits) {
        const std::string folder = RESNET_SOURCE_DIR "/tests/data/experiments/narrow-same-96";
        const auto network = reference::readNetwork(folder);
        Executor forward(network, 2);
        Run run = forward.start(reference::readInput(folder + "/input.npy", network->spec().inputShape()),
                                editsFrom(edits, network->graph()));
        forward.run(run);
        BackwardExecutor backward(forward.packed());
        gradients = *backward.run(run, scoreOf(network->graph(), 2));
        norms = gradientNorms(gradients);
    }
    Gradients gradients;
    GradientNorms norms;
};

}  // namespace

class GradientNormsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void stepsHaveTheirNorms() {
        const NormsSubject subject("");
        const Graph& graph = subject.gradients.run().graph();
        QCOMPARE(subject.norms.steps.size(), std::size_t(graph.stepCount() + 1));
        QVERIFY(std::abs(*subject.norms.steps[0] - norm(*subject.gradients.of(inputStep))) < 1e-9);
        QCOMPARE(*subject.norms.steps[std::size_t(graph.logitsStep() + 1)], 1.0);  // the score itself
        QVERIFY(!subject.norms.steps.back());  // the softmax comes after it
    }

    // An F(x) that is off brings nothing back: all comes by the shortcut. And the other way round.
    void theTwoWaysAreToldApart() {
        const NormsSubject subject("layer1.1:F=0,layer1.2:x=0,layer3.1:x=0.5");
        const std::vector<UnitGradient>& units = subject.norms.units;
        QCOMPARE(units.size(), std::size_t(16));
        QCOMPARE(*units[1].mainPath, 0.0);
        QVERIFY(std::abs(*units[1].shortcut - units[1].input) < 1e-9 * units[1].input);
        QCOMPARE(*units[2].shortcut, 0.0);
        QCOMPARE(*units[2].mainPath, units[2].input);
        const Graph& graph = subject.gradients.run().graph();
        const double sum = norm(*subject.gradients.of(*graph.units()[8].add));
        QVERIFY(std::abs(*units[8].shortcut - 0.5 * sum) < 1e-9 * sum);
        QVERIFY(!units[3].mainPath && !units[3].shortcut);  // layer2.0 has a projection
        QCOMPARE(units[3].output, units[4].input);
    }
};

RESNET_TEST(GradientNormsTest)
#include "GradientNormsTest.moc"
