#include "core/explain/BatchNormFolding.h"
#include "core/explain/Occlusion.h"
#include "core/explain/Statistics.h"
#include "core/explain/Tables.h"
#include "core/explain/UnitNorms.h"
#include "core/inference/Executor.h"
#include "tests/TestPrograms.h"

#include <QtTest>

#include <cmath>
#include <ctime>

using namespace resnet;

namespace {

double secondsOf(clockid_t clock) {
    timespec now{};
    clock_gettime(clock, &now);
    return double(now.tv_sec) + double(now.tv_nsec) * 1e-9;
}

// The share of the processor time of body() that other threads than this one took. Processor time, so that a
// busy machine does not matter.
template <class Body>
double shareOfOthers(const Body& body) {
    const double process = secondsOf(CLOCK_PROCESS_CPUTIME_ID);
    const double thread = secondsOf(CLOCK_THREAD_CPUTIME_ID);
    do
        body();
    while (secondsOf(CLOCK_PROCESS_CPUTIME_ID) - process < 0.05);
    const double all = secondsOf(CLOCK_PROCESS_CPUTIME_ID) - process;
    return (all - (secondsOf(CLOCK_THREAD_CPUTIME_ID) - thread)) / all;
}

FeatureMaps someMaps(const FeatureShape& shape) {
    FeatureMaps maps(shape);
    for (std::size_t i = 0; i < maps.size(); ++i)
        maps.data()[i] = float(int(i * 7919 % 2003) - 1001) / 500.0f;
    return maps;
}

}  // namespace

// What computes keeps to the engine's options.
class ThreadsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void oneThreadIsOneThread() {
        const EngineOptions one{1, {}, {}};
        NetworkSpec spec;
        spec.unitsPerStage = {2};
        spec.channelsPerStage = {32};
        spec.inputHeight = spec.inputWidth = 224;
        const auto network = std::make_shared<const Network>(Network::initialised(spec, 1));
        const auto packed = std::make_shared<const PackedNetwork>(network, one);
        Executor executor(packed);
        Run run = executor.start(std::make_shared<FeatureMaps>(someMaps(spec.inputShape())));
        executor.run(run);
        const FeatureMaps maps = someMaps({64, 112, 112});
        const std::vector<Statistics> statistics = channelStatistics(maps, one);
        const StepId norm = *network->graph().find("layer1.0.bn1");
        OcclusionRequest request;
        request.patch = request.stride = 112;
        const auto keepsToOne = [](const char* what, const auto& body) {
            const double others = shareOfOthers(body);
            QVERIFY2(others < 0.1, (std::string(what) + " " + std::to_string(others)).c_str());
        };
        keepsToOne("statistics", [&] { (void)channelStatistics(maps, one); });
        keepsToOne("histogram", [&] { (void)histogramOf(maps, 48, one); });
        keepsToOne("similarity", [&] { (void)similarityTo(maps, statistics, 3, one); });
        keepsToOne("norms", [&] { (void)unitNormsOf(maps, maps, one); });
        keepsToOne("steps", [&] { (void)stepsTable(run, one); });
        keepsToOne("units", [&] { (void)unitsTable(run, one); });
        keepsToOne("folding", [&] { (void)foldedConvolution(run, norm, one); });
        keepsToOne("occlusion", [&] { (void)occlude(packed, run, request); });
    }
};

RESNET_TEST(ThreadsTest)
#include "ThreadsTest.moc"
