// Prints what an edit of each unit costs against the part of the pass that follows it, in the observed and in
// the fused pass, and what switching off every F(x) in turn costs in fused passes. ResNet-34 without
// training.
//   edit-benchmark [ROUNDS] [THREADS]

#include "core/inference/FusedExecutor.h"
#include "tests/benchmark/Measuring.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <vector>

using namespace resnet;
using namespace resnet::benchmarks;

namespace {

Edits gainOf(const ResidualUnit& unit, float gain) {
    Edits edits;
    edits.set(idOf(unit), {gain, 1.0f, {}});
    return edits;
}

}  // namespace

int main(int argc, char** argv) {
    const int rounds = argc > 1 ? std::max(1, std::atoi(argv[1])) : 9;
    EngineOptions options;
    options.threads = argc > 2 ? std::atoi(argv[2]) : 2;
    const auto network = std::make_shared<const Network>(Network::initialised(resNet34(), 1));
    const auto packed = std::make_shared<const PackedNetwork>(network, options);
    Executor executor(packed);
    FusedExecutor fused(packed);
    Run known = executor.start(someInput(network->spec().inputShape()));
    executor.run(known);
    fused.run({{known.input()}});

    std::printf("%-10s %28s   %28s\n", "", "observed: part, edit, ratio", "fused: part, edit, ratio");
    for (const ResidualUnit& unit : network->graph().units()) {
        std::vector<double> parts, edited, fusedParts, fusedEdited;
        for (int round = 0; round < rounds; ++round) {
            // The part that follows: of a whole pass, from when the unit's sum is there.
            Run whole = executor.start(known.input());
            Clock::time_point followed;
            executor.run(whole, {}, [&](const FinishedStep& finished) {
                if (finished.step == *unit.add)
                    followed = Clock::now();
            });
            parts.push_back(millisecondsSince(followed));
            const Edits edits = gainOf(unit, 0.5f + float(round) * 0.01f);
            edited.push_back(timed([&] {
                Run run = known.with(edits);
                executor.run(run);
            }));
            fusedParts.push_back(timed([&] { fused.runFrom(*unit.add + 1, known); }));
            fusedEdited.push_back(timed([&] { fused.finish(known.with(edits)); }));
        }
        std::printf("%-10s %9.3f %9.3f %8.2f   %9.3f %9.3f %8.2f\n", unit.name.c_str(), median(parts),
                    median(edited), median(edited) / median(parts), median(fusedParts), median(fusedEdited),
                    median(fusedEdited) / median(fusedParts));
    }

    std::vector<double> passes, sweeps;
    for (int round = 0; round < rounds; ++round) {
        passes.push_back(timed([&] { fused.run({{known.input()}}); }));
        sweeps.push_back(timed([&] {
            for (const ResidualUnit& unit : network->graph().units())
                fused.finish(known.with(gainOf(unit, 0.0f)));
        }));
    }
    std::printf("every F(x) off in turn: %.1f ms, a fused pass %.2f ms: %.2f passes\n", median(sweeps),
                median(passes), median(sweeps) / median(passes));
    return 0;
}
