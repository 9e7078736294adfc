#include "app/cli/Commands.h"
#include "app/cli/Console.h"
#include "app/cli/OpenNetwork.h"
#include "core/inference/FusedExecutor.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <functional>

namespace resnet::app {

namespace {

using Json = nlohmann::ordered_json;

struct Timing {
    double median = 0.0;  // milliseconds per image
    double minimum = 0.0;
};

// Its numbers do not matter to the time, as long as they are ordinary ones.
FeatureMapsPtr someInput(const FeatureShape& shape) {
    auto input = std::make_shared<FeatureMaps>(shape);
    for (std::size_t i = 0; i < input->size(); ++i)
        input->data()[i] = float(int(i * 7919 % 2003) - 1001) / 500.0f;
    return input;
}

Timing summary(std::vector<double> times, int images) {
    std::ranges::sort(times);
    const std::size_t middle = times.size() / 2;
    const double median = times.size() % 2 ? times[middle] : (times[middle - 1] + times[middle]) / 2;
    return {median / images, times.front() / images};
}

double millisecondsOf(const std::function<RunOutcome()>& pass) {
    const auto began = std::chrono::steady_clock::now();
    if (pass() == RunOutcome::Cancelled)
        throw Interrupted();
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - began).count();
}

struct Timings {
    Timing observed;
    Timing fused;
};

// The two passes in turn, so that a busy moment of the machine meets both.
Timings measure(const std::shared_ptr<const PackedNetwork>& packed, int repeat, int batch,
                const std::stop_token& stop) {
    Executor observed(packed);
    FusedExecutor fused(packed, batch);
    const std::vector<FeatureMapsPtr> images(std::size_t(batch),
                                             someInput(packed->graph().outputShape(inputStep)));
    Run activations;
    std::vector<double> observedTimes;
    std::vector<double> fusedTimes;
    for (int i = -2; i < repeat; ++i) {  // two rounds to warm up
        activations = observed.start(images.front());
        const double observedTime = millisecondsOf([&] { return observed.run(activations, stop); });
        const double fusedTime = millisecondsOf([&] { return fused.run(images, stop); });
        if (i < 0)
            continue;
        observedTimes.push_back(observedTime);
        fusedTimes.push_back(fusedTime);
    }
    return {summary(observedTimes, 1), summary(fusedTimes, batch)};
}

Json toJson(const Timing& timing) {
    const auto rounded = [](double value) { return std::round(value * 1000.0) / 1000.0; };
    return {{"medianMs", rounded(timing.median)}, {"minMs", rounded(timing.minimum)}};
}

QString toText(const QString& name, const Timing& timing) {
    return QStringLiteral("%1 median %2 ms   minimum %3 ms\n")
        .arg(name)
        .arg(timing.median, 8, 'f', 2)
        .arg(timing.minimum, 8, 'f', 2);
}

int runBenchmark(const Invocation& invocation) {
    const int repeat = invocation.integer(QStringLiteral("repeat"), 1, 1'000'000);
    const int batch = invocation.integer(QStringLiteral("batch"), 1, 1024);
    EngineOptions options;
    options.threads = invocation.network().threads;
    if (invocation.has(QStringLiteral("isa")))
        options.isa = isaNamed(invocation.value(QStringLiteral("isa")).toStdString());
    const bool isJson = invocation.wantsJson();
    const ModelPtr model = openNetwork(invocation);
    const auto packed = std::make_shared<PackedNetwork>(model->network, options);
    const int threads = Executor(packed).threads();
    const Timings timings = measure(packed, repeat, batch, invocation.stop());
    const std::string isa(name(packed->isa()));
    if (isJson) {
        const Json json{{"threads", threads},
                        {"repeat", repeat},
                        {"batch", batch},
                        {"isa", isa},
                        {"observed", toJson(timings.observed)},
                        {"fused", toJson(timings.fused)}};
        print(QString::fromStdString(json.dump(1)) + QLatin1Char('\n'));
        return ExitDone;
    }
    print(QStringLiteral("threads %1, %2 kernels, %3 rounds; milliseconds per image\n")
              .arg(threads)
              .arg(QString::fromStdString(isa))
              .arg(repeat) +
          toText(QStringLiteral("observed (every step kept)        "), timings.observed) +
          toText(QStringLiteral("fused (logits alone), batch of %1").arg(batch, -3), timings.fused));
    return ExitDone;
}

}  // namespace

Command benchmarkCommand() {
    Command command;
    command.name = QStringLiteral("benchmark");
    command.summary = QStringLiteral("time the observed and the fused pass");
    command.options = {{QStringLiteral("repeat"), QStringLiteral("rounds to time"), QStringLiteral("N"),
                        QStringLiteral("20")},
                       {QStringLiteral("batch"), QStringLiteral("images that the fused pass takes at once"),
                        QStringLiteral("N"), QStringLiteral("1")},
                       {QStringLiteral("isa"), QStringLiteral("kernels to use: portable, avx2 or avx512"),
                        QStringLiteral("NAME")},
                       formatOption()};
    command.run = runBenchmark;
    command.notes = QStringLiteral(
        "Times are milliseconds per image, of random numbers in place of a picture. Without --isa the best\n"
        "kernels of this processor are used.");
    return command;
}

}  // namespace resnet::app
