// Prints what gradients cost in fused passes, all measured in turn: a score's gradient at every step and at
// the input alone, Grad-CAM at every unit, the split by path lengths, a node of integrated gradients, and a
// level of the randomisation test. ResNet-34 without training.
//   gradient-benchmark [ROUNDS] [THREADS]

#include "core/attribution/PathLengths.h"
#include "core/attribution/Trust.h"
#include "core/inference/FusedExecutor.h"
#include "tests/benchmark/Measuring.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <vector>

using namespace resnet;
using namespace resnet::benchmarks;

namespace {

struct Measured {
    const char* name;
    double divisor;  // what a time is divided by: nodes, levels
    std::function<void()> body;
    std::vector<double> milliseconds{};
    std::vector<double> ratios{};  // to the fused pass of the same round
};

}  // namespace

int main(int argc, char** argv) {
    const int rounds = argc > 1 ? std::max(1, std::atoi(argv[1])) : 9;
    EngineOptions options;
    options.threads = argc > 2 ? std::atoi(argv[2]) : 2;
    const auto network = std::make_shared<const Network>(Network::initialised(resNet34(), 1));
    const auto packed = std::make_shared<const PackedNetwork>(network, options);
    const Graph& graph = network->graph();
    Executor executor(packed);
    FusedExecutor fused(packed);
    BackwardExecutor backward(packed);
    Run run = executor.start(someInput(network->spec().inputShape()));
    executor.run(run);
    const GradientTarget target = scoreOf(graph, 3);
    AttributionRequest request;
    request.classIndex = 3;

    const auto pack = timed([&] { backward.run(run, target); });
    std::vector<Measured> all{
        {"observed pass", 1,
         [&] {
             Run other = executor.start(run.input());
             executor.run(other);
         }},
        {"gradient at all steps", 1, [&] { backward.run(run, target); }},
        {"gradient at the input", 1,
         [&] {
             backward.run(run, target, {ReluRule::Derivative, inputStep, false});
         }},
        {"Grad-CAM at every unit", 1,
         [&] {
             request.method = AttributionMethod::GradCam;
             attributeUnits(backward, run, request);
         }},
        {"split by path lengths", 1, [&] { backward.runByUnits(run, target); }},
        {"integrated, a node of 8", 8,
         [&] {
             request.method = AttributionMethod::Integrated;
             request.nodes = 8;
             attribute(executor, backward, run, request);
         }},
    };
    std::vector<double> passes;
    for (int round = 0; round < rounds; ++round)
        for (Measured& each : all) {
            passes.push_back(timed([&] { fused.run({{run.input()}}); }));
            each.milliseconds.push_back(timed(each.body) / each.divisor);
            each.ratios.push_back(each.milliseconds.back() / passes.back());
        }
    std::printf("fused pass %.2f ms; the first gradient, with packing, %.1f ms; packed for it %.0f MB\n",
                median(passes), pack, double(backward.weights()->packedBytes()) / 1e6);
    for (const Measured& each : all)
        std::printf("%-26s %9.2f ms %7.2f passes\n", each.name, median(each.milliseconds),
                    median(each.ratios));
    return 0;
}
