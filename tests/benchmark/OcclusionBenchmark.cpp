// Prints what an occlusion of 196 patches (32 pixels every 16) costs against as many fused passes, and how
// soon it stops when it is cancelled. ResNet-34 without training: its numbers cost what trained ones cost.
//   occlusion-benchmark [ROUNDS] [THREADS]

#include "core/explain/Occlusion.h"
#include "core/inference/FusedExecutor.h"
#include "tests/benchmark/Measuring.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <thread>
#include <vector>

using namespace resnet;
using namespace resnet::benchmarks;

namespace {

void print(const char* what, std::vector<double> values, const char* unit) {
    std::ranges::sort(values);
    std::printf("%-44s median %9.2f   minimum %9.2f   worst %9.2f %s\n", what, values[values.size() / 2],
                values.front(), values.back(), unit);
}

// From the request to stop until occlude() has come back.
double millisecondsToStop(const std::shared_ptr<const PackedNetwork>& packed, const Run& unhidden,
                          const OcclusionRequest& request, int after) {
    std::stop_source stop;
    Clock::time_point asked;
    std::jthread canceller([&] {
        std::this_thread::sleep_for(std::chrono::milliseconds(after));
        asked = Clock::now();
        stop.request_stop();
    });
    (void)occlude(packed, unhidden, request, stop.get_token());
    const auto ended = Clock::now();
    canceller.join();
    return std::chrono::duration<double, std::milli>(ended - asked).count();
}

}  // namespace

int main(int argc, char** argv) {
    const int rounds = argc > 1 ? std::max(1, std::atoi(argv[1])) : 5;
    EngineOptions options;
    options.threads = argc > 2 ? std::atoi(argv[2]) : 2;
    const auto network = std::make_shared<const Network>(Network::initialised(resNet34(), 1));
    const auto packed = std::make_shared<const PackedNetwork>(network, options);
    Executor executor(packed);
    const FeatureMapsPtr input = someInput(network->spec().inputShape());
    Run unhidden = executor.start(input);
    executor.run(unhidden);
    FusedExecutor fused(packed);
    fused.run({&input, 1});

    const OcclusionRequest request{0, 32, 16, 0.0f};
    const double patches = double(occlusionShape(input->shape(), request).pixels());
    std::vector<double> passes, occlusions, ratios, stops;
    for (int round = 0; round < rounds; ++round) {
        // As many passes as patches, so that both see the same moments of the machine.
        passes.push_back(timed([&] {
                             for (int i = 0; i < int(patches); ++i)
                                 fused.run({&input, 1});
                         }) /
                         patches);
        occlusions.push_back(timed([&] { (void)occlude(packed, unhidden, request); }) / patches);
        ratios.push_back(occlusions.back() / passes.back());
        stops.push_back(millisecondsToStop(packed, unhidden, request, 50 + 37 * round));
    }
    print("fused pass", passes, "ms");
    print("occlusion, a patch of 196", occlusions, "ms");
    print("patch / fused pass (aim: at most 0.9)", ratios, "");
    print("cancelled to stopped (aim: 100)", stops, "ms");
    return 0;
}
