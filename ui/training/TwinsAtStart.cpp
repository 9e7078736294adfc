#include "ui/training/TwinsAtStart.h"

#include "core/experiments/BatchNormMeasuring.h"
#include "core/inference/PackedNetwork.h"
#include "core/network/Initialization.h"
#include "ui/Words.h"
#include "ui/words/NumberText.h"
#include "ui/workspace/SampleSquares.h"

#include <QFile>

#include <algorithm>
#include <cmath>
#include <limits>

namespace resnet::ui {

namespace {

constexpr int squaresPerSide = 3;  // of each photograph: 36 of four
constexpr int placesOfWalk = 17;
constexpr float lengthOfWalk = 1.0f / 16.0f;  // of the way to another picture: farther apart none are alike
constexpr int scoreOfWalk = 0;                // at the start no class means anything

double norm(const FeatureMaps& maps) {
    double sum = 0.0;
    for (std::size_t i = 0; i < maps.size(); ++i)
        sum += double(maps.data()[i]) * maps.data()[i];
    return std::sqrt(sum);
}

FeatureMaps endOfWalk(const FeatureMaps& from, const FeatureMaps& to) {
    FeatureMaps end(from.shape());
    for (std::size_t i = 0; i < end.size(); ++i)
        end.data()[i] = from.data()[i] + lengthOfWalk * (to.data()[i] - from.data()[i]);
    return end;
}

double rootMeanSquare(const FeatureMaps& maps) {
    return norm(maps) / std::sqrt(double(maps.size()));
}

struct Norms {
    std::vector<double> stream;
    std::vector<std::optional<double>> branch;
};

Norms normsOf(const Run& run) {
    Norms made;
    for (const ResidualUnit& unit : run.graph().units()) {
        made.stream.push_back(rootMeanSquare(*run.output(unit.output)));
        made.branch.push_back(unit.add ? std::optional(rootMeanSquare(*run.output(unit.branchOutput())))
                                       : std::nullopt);
    }
    return made;
}

// The parameters of a graph as `start` has them; others as they would start themselves.
StateDict startedLike(const Graph& graph, const StateDict& start, std::uint64_t seed) {
    StateDict own = initialParameters(graph, seed);
    for (auto& [name, tensor] : own)
        if (const auto found = start.find(name); found != start.end() && found->second.shape == tensor.shape)
            tensor = found->second;
    return own;
}

std::optional<TwinAtStart> measured(const Model& model, const StateDict& start,
                                    const std::vector<FeatureMapsPtr>& pictures, const EngineOptions& options,
                                    const std::stop_token& stop) {
    TwinAtStart made;
    const Graph& graph = model.graph();
    const auto begun =
        std::make_shared<const PackedNetwork>(std::make_shared<const Network>(graph, start), options);
    const auto network = withMeasuredBatchNorm(begun, {}, pictures, stop);
    if (!network)
        return std::nullopt;
    Executor forward(std::make_shared<const PackedNetwork>(network->network, options));
    BackwardExecutor backward(forward.packed());
    Run run = forward.start(pictures.front());
    if (forward.run(run, graph.logitsStep(), stop) == RunOutcome::Cancelled)
        return std::nullopt;
    const auto gradients = backward.run(run, scoreOf(graph, scoreOfWalk), {}, stop);
    auto walk = gradientWalk(forward, backward, *pictures.front(),
                             endOfWalk(*pictures.front(), *pictures.back()), placesOfWalk, scoreOfWalk, stop);
    Executor trained(std::make_shared<const PackedNetwork>(model.network, options));
    Run after = trained.start(pictures.front());
    if (!gradients || !walk || trained.run(after, graph.logitsStep(), stop) == RunOutcome::Cancelled)
        return std::nullopt;
    for (const ResidualUnit& unit : graph.units())
        made.gradientNorms.push_back(norm(*gradients->of(unit.output)));
    made.walk = std::move(*walk);
    const Norms begin = normsOf(run);
    const Norms end = normsOf(after);
    made.streamAtStart = begin.stream;
    made.branchAtStart = begin.branch;
    made.streamTrained = end.stream;
    made.branchTrained = end.branch;
    return made;
}

LineChart::Line lineOf(const QString& name, bool isResidual, bool isDashed,
                       const std::vector<double>& values) {
    return {name,
            isResidual ? LineChart::Tone::Accent : LineChart::Tone::Ink,
            isDashed,
            {values.begin(), values.end()}};
}

// Values as powers of ten, on an axis from whole power to whole power.
void toPowers(LineChart& chart) {
    chart.low = std::numeric_limits<double>::infinity();
    chart.high = -chart.low;
    for (LineChart::Line& line : chart.lines)
        for (std::optional<double>& value : line.values)
            if (value && *value > 0.0) {
                value = std::log10(*value);
                chart.low = std::min(chart.low, std::floor(*value));
                chart.high = std::max(chart.high, std::ceil(*value));
            } else {
                value.reset();
            }
    if (!(chart.low < chart.high)) {
        chart.low = -1.0;
        chart.high = 1.0;
    }
}

void placeUnits(LineChart& chart, std::size_t units) {
    for (std::size_t unit = 0; unit < units; ++unit)
        chart.places.push_back(double(unit));
    chart.firstLabel = Words::tr("first unit");
    chart.lastLabel = Words::tr("last unit");
}

}  // namespace

std::optional<TwinsAtStart> twinsAtStart(const TrainingResources& resources, std::uint64_t seed,
                                         const EngineOptions& options, const std::stop_token& stop) {
    const ModelPtr residual = openModel(QFile::encodeName(resources.residualTwin).toStdString(), {}, stop);
    const ModelPtr plain = openModel(QFile::encodeName(resources.plainTwin).toStdString(), {}, stop);
    std::vector<FeatureMapsPtr> pictures;
    for (const LabelledInput& square :
         sampleSquares(*residual, resources.samplePictures, squaresPerSide, stop))
        pictures.push_back(square.input);
    if (int(pictures.size()) < fewestMeasuredPictures)
        return std::nullopt;
    const StateDict start = initialParameters(residual->graph(), seed);
    auto first = measured(*residual, start, pictures, options, stop);
    auto second = measured(*plain, startedLike(plain->graph(), start, seed), pictures, options, stop);
    if (!first || !second)
        return std::nullopt;
    return TwinsAtStart{seed, int(pictures.size()), std::move(*first), std::move(*second)};
}

std::vector<LineChart> gradientCharts(const TwinsAtStart& of) {
    LineChart norms;
    norms.title = Words::tr("Gradient's norm, power of ten");
    placeUnits(norms, of.residual.gradientNorms.size());
    norms.lines = {lineOf(Words::tr("with shortcuts"), true, false, of.residual.gradientNorms),
                   lineOf(Words::tr("without"), false, false, of.plain.gradientNorms)};
    toPowers(norms);
    LineChart likeness;
    likeness.title = Words::tr("Likeness of gradients along a walk");
    likeness.places = of.residual.walk.share;
    likeness.low = -0.2;
    likeness.firstLabel = Words::tr("same place");
    likeness.lastLabel = Words::tr("1/16 of the way");
    likeness.lines = {lineOf(Words::tr("with shortcuts"), true, false, of.residual.walk.likeness),
                      lineOf(Words::tr("without"), false, false, of.plain.walk.likeness)};
    return {norms, likeness};
}

std::vector<LineChart> streamCharts(const TwinsAtStart& of) {
    LineChart stream;
    stream.title = Words::tr("What leaves a unit, power of ten");
    placeUnits(stream, of.residual.streamAtStart.size());
    stream.lines = {lineOf(Words::tr("with shortcuts, trained"), true, false, of.residual.streamTrained),
                    lineOf(Words::tr("with shortcuts, at the start"), true, true, of.residual.streamAtStart),
                    lineOf(Words::tr("without, trained"), false, false, of.plain.streamTrained),
                    lineOf(Words::tr("without, at the start"), false, true, of.plain.streamAtStart)};
    toPowers(stream);
    LineChart branch;
    branch.title = Words::tr("F(x), power of ten");
    branch.places = stream.places;
    branch.firstLabel = stream.firstLabel;
    branch.lastLabel = stream.lastLabel;
    branch.lines = {{Words::tr("trained"), LineChart::Tone::Accent, false, of.residual.branchTrained},
                    {Words::tr("at the start"), LineChart::Tone::Accent, true, of.residual.branchAtStart}};
    toPowers(branch);
    return {stream, branch};
}

QString gradientFinding(const TwinsAtStart& of) {
    const auto ratio = [](const TwinAtStart& twin) {
        return valueText(twin.gradientNorms.front() / twin.gradientNorms.back());
    };
    return Words::
        tr("At the start (seed %1, the same kernels, batch norm measured over %2 squares) the gradient at the first unit is %3 times as long as at the last with shortcuts, and %4 times without: it does not vanish. 1/256 of the way to another picture apart, gradients agree by %5 with shortcuts and by %6 without; 1/16 apart by %7 and %8.")
            .arg(of.seed)
            .arg(of.pictures)
            .arg(ratio(of.residual), ratio(of.plain), valueText(of.residual.walk.likeness[1]),
                 valueText(of.plain.walk.likeness[1]), valueText(of.residual.walk.likeness.back()),
                 valueText(of.plain.walk.likeness.back()));
}

QString streamFinding(const TwinsAtStart& of) {
    const auto last = [](const std::vector<double>& values) { return valueText(values.back()); };
    return Words::
        tr("Root mean square of what leaves the last unit: with shortcuts %1 at the start and %2 after training, without %3 and %4.")
            .arg(last(of.residual.streamAtStart), last(of.residual.streamTrained),
                 last(of.plain.streamAtStart), last(of.plain.streamTrained));
}

}  // namespace resnet::ui
