#include "core/explain/Statistics.h"
#include "core/explain/UnitNorms.h"
#include "core/inference/Executor.h"
#include "tests/TestPrograms.h"
#include "tests/core/inference/Reference.h"

#include <QTest>

#include <algorithm>
#include <cmath>

using namespace resnet;

namespace {

// Mean, deviation and norm of PyTorch's own values.
struct Figures {
    double mean = 0.0;
    double deviation = 0.0;
    double norm = 0.0;
};

Figures figuresOf(const std::vector<float>& values) {
    double sum = 0.0;
    double squares = 0.0;
    for (float value : values) {
        sum += value;
        squares += double(value) * value;
    }
    const double mean = sum / double(values.size());
    double deviations = 0.0;
    for (float value : values)
        deviations += (value - mean) * (value - mean);
    return {mean, std::sqrt(deviations / double(values.size())), std::sqrt(squares)};
}

}  // namespace

class ReferenceStatisticsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyStepHasPyTorchsFigures() {
        for (const reference::Reference& reference : reference::readAll()) {
            Executor executor(reference.network, 2);
            Run activations = executor.start(reference.input);
            executor.run(activations);
            for (const Step& step : reference.network->graph().steps()) {
                const Statistics found = statisticsOf(*activations.output(step.id));
                const Figures expected = figuresOf(reference.activations.at(step.name).values);
                const double scale = std::max(std::abs(found.minimum), std::abs(found.maximum));
                QVERIFY2(std::abs(found.mean - expected.mean) < 1e-4 * scale, step.name.c_str());
                QVERIFY2(std::abs(found.deviation - expected.deviation) < 1e-4 * scale, step.name.c_str());
                QVERIFY2(std::abs(found.norm - expected.norm) < 1e-4 * expected.norm + 1e-4 * scale,
                         step.name.c_str());
            }
            for (const ResidualUnit& unit : reference.network->graph().units()) {
                const auto norms = unitNormsOf(unit, activations);
                QVERIFY(norms);
                const std::string shortcut = reference.network->graph().stepName(unit.shortcutOutput());
                const double mainPath = figuresOf(reference.activations.at(unit.name + ".bn2").values).norm;
                const double other = figuresOf(reference.activations.at(shortcut).values).norm;
                QVERIFY2(std::abs(norms->ratio() - mainPath / other) < 1e-3 * mainPath / other,
                         unit.name.c_str());
            }
        }
    }
};

RESNET_EVENT_LOOP_TEST(ReferenceStatisticsTest)
#include "ReferenceStatisticsTest.moc"
