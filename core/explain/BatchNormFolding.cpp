#include "core/explain/BatchNormFolding.h"

#include "core/Error.h"
#include "core/inference/Arena.h"
#include "core/inference/PackedNetwork.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace resnet {
namespace {

// output x input x kernel x kernel, each output channel times its batch norm's scale.
std::vector<float> foldedWeights(const Tensor& weight, const std::vector<BatchNormLine>& lines) {
    std::vector<float> folded(weight.values.begin(), weight.values.end());
    const std::size_t perChannel = folded.size() / lines.size();
    for (std::size_t i = 0; i < folded.size(); ++i)
        folded[i] = float(folded[i] * lines[i / perChannel].scale);
    return folded;
}

void compare(FoldedConvolution& result, const FeatureMaps& unfolded) {
    const FeatureMaps& folded = *result.output;
    for (int y = 0; y < folded.height(); ++y)
        for (int x = 0; x < folded.width(); ++x)
            for (int c = 0; c < folded.channels(); ++c) {
                const double expected = unfolded.at(c, y, x);
                const double difference = std::abs(folded.at(c, y, x) - expected);
                if (!std::isfinite(difference))
                    continue;
                result.largestMagnitude = std::max(result.largestMagnitude, std::abs(expected));
                if (difference > result.largestDifference) {
                    result.largestDifference = difference;
                    result.channel = c;
                    result.y = y;
                    result.x = x;
                }
            }
}

}  // namespace

BatchNormLine batchNormLine(const Network& network, StepId batchNorm, int channel) {
    const Step& step = network.graph().step(batchNorm);
    if (step.kind == StepKind::Scale)  // the line itself
        return {1.0f, 0.0f, 0.0f, 1.0f, 0.0, step.settings.factor, step.settings.offset};
    const auto has = [&](std::string_view suffix) {
        return suffix == "weight" ? step.settings.hasScale : suffix != "bias" || step.settings.hasCentre;
    };
    const auto parameter = [&](const char* name, float otherwise) {
        return has(name) ? network.parameter(batchNorm, name).values[std::size_t(channel)] : otherwise;
    };
    BatchNormLine line{parameter("weight", 1.0f), parameter("bias", 0.0f), parameter("running_mean", 0.0f),
                       parameter("running_var", 1.0f), network.graph().epsilonOf(batchNorm)};
    line.scale = line.gamma / std::sqrt(line.variance + line.epsilon);
    line.shift = line.beta - line.mean * line.scale;
    return line;
}

std::optional<StepId> foldableBatchNorm(const Graph& graph, StepId step) {
    if (step == inputStep)
        return std::nullopt;
    const StepId convolution =
        graph.step(step).kind == StepKind::BatchNorm ? graph.step(step).inputs.front() : step;
    if (convolution == inputStep || graph.step(convolution).kind != StepKind::Convolution ||
        graph.consumersOf(convolution).size() != 1)
        return std::nullopt;
    return graph.consumerOf(convolution, StepKind::BatchNorm);
}

std::optional<StepId> nearestBatchNorm(const Graph& graph, StepId step) {
    for (; step != inputStep; step = graph.step(step).inputs.front())
        if (const auto found = foldableBatchNorm(graph, step))
            return found;
    for (const Step& each : graph.steps())
        if (const auto found = foldableBatchNorm(graph, each.id))
            return found;
    return std::nullopt;
}

FoldedConvolution foldedConvolution(const Run& run, StepId batchNorm, const EngineOptions& options,
                                    const std::stop_token& stop) {
    const Graph& graph = run.graph();
    if (foldableBatchNorm(graph, batchNorm) != batchNorm)
        throw Error(graph.stepName(batchNorm) + " is no batch norm that folds into a convolution");
    const Step& convolution = graph.step(graph.step(batchNorm).inputs.front());
    const FeatureMapsPtr& input = run.output(convolution.inputs.front());
    const FeatureMapsPtr& unfolded = run.output(batchNorm);
    if (!input || !unfolded)
        throw Error(graph.stepName(batchNorm) + " is not computed yet");

    const Network& network = *run.editedNetwork();
    std::vector<BatchNormLine> lines;
    std::vector<float> shifts;
    const std::vector<float> biases = network.channelValues(convolution.id, "bias");
    for (int channel = 0; channel < convolution.output.channels; ++channel) {
        lines.push_back(batchNormLine(network, batchNorm, channel));
        const double bias = biases[std::size_t(channel)];
        shifts.push_back(float(lines.back().scale * bias + lines.back().shift));
    }
    const std::vector<float> ones(shifts.size(), 1.0f);
    const std::vector<float> weights = foldedWeights(network.parameter(convolution.id, "weight"), lines);

    auto output = std::make_shared<FeatureMaps>(convolution.output);
    Arena arena(options.threads);
    arena.execute([&] {
        const ConvolutionShape shape = convolutionShapeOf(convolution);
        const Convolution folded(shape, weights, algorithmFor(shape, options),
                                 kernelsFor(options.isa.value_or(bestIsa())));
        AlignedBuffer scratch(folded.scratchSize(1, arena.threads()));
        kernels::Epilogue epilogue;
        epilogue.scale = ones.data();
        epilogue.shift = shifts.data();
        epilogue.normalised = output->data();
        folded.run(*input, epilogue, scratch.data(), arena.threads(), stop);
    });
    FoldedConvolution result;
    result.output = std::move(output);
    if (!stop.stop_requested())
        compare(result, *unfolded);
    return result;
}

}  // namespace resnet
