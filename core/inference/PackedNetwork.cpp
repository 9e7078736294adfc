#include "core/inference/PackedNetwork.h"

#include "core/inference/Arena.h"

#include <algorithm>

namespace resnet {

ConvolutionShape convolutionShapeOf(const Step& step) {
    return {step.input,         step.output,        step.window.kernel,
            step.window.stride, step.window.padTop, step.window.padLeft};
}

ConvolutionAlgorithm algorithmFor(const ConvolutionShape& shape, const EngineOptions& options) {
    return options.algorithm && isApplicable(*options.algorithm, shape) ? *options.algorithm
                                                                        : chooseAlgorithm(shape);
}

PackedNetwork::PackedNetwork(std::shared_ptr<const Network> network, const EngineOptions& options)
    : m_network(std::move(network)),
      m_options(options),
      m_isa(options.isa.value_or(bestIsa())),
      m_convolutions(std::size_t(graph().stepCount())),
      m_batchNorms(std::size_t(graph().stepCount())) {
    Arena arena(options.threads);
    arena.execute([&] {
        for (const Step& step : graph().steps())
            pack(step);
    });
}

void PackedNetwork::pack(const Step& step) {
    const auto values = [&](const char* suffix) -> std::span<const float> {
        return m_network->parameter(step.id, suffix).values;
    };
    const std::size_t channels = std::size_t(step.output.channels);
    if (step.kind == StepKind::BatchNorm) {
        m_batchNorms[std::size_t(step.id)] = std::make_shared<const FoldedBatchNorm>(
            m_network->channelValues(step.id, "weight"), m_network->channelValues(step.id, "bias"),
            values("running_mean"), values("running_var"), graph().epsilonOf(step.id));
    } else if (step.kind == StepKind::Scale) {
        const std::vector<float> factors(channels, float(step.settings.factor));
        const std::vector<float> offsets(channels, float(step.settings.offset));
        m_batchNorms[std::size_t(step.id)] = std::make_shared<const FoldedBatchNorm>(factors, offsets);
    } else if (step.kind == StepKind::Convolution) {
        const ConvolutionShape shape = convolutionShapeOf(step);
        m_convolutions[std::size_t(step.id)] = std::make_shared<const Convolution>(
            shape, values("weight"), algorithmFor(shape, m_options), kernels());
    }
}

std::shared_ptr<const PackedNetwork> packedWith(const std::shared_ptr<const PackedNetwork>& packed,
                                                const std::shared_ptr<const Network>& edited) {
    if (packed->network() == edited)
        return packed;
    auto made = std::make_shared<PackedNetwork>(*packed);
    made->m_network = edited;
    Arena arena(packed->options().threads);
    arena.execute([&] {
        for (const Step& step : made->graph().steps()) {
            const std::size_t index = std::size_t(step.id);
            if (const std::optional<StepId> source = edited->sourceOf(step.id)) {
                made->m_convolutions[index] = packed->m_convolutions[std::size_t(*source)];
                made->m_batchNorms[index] = packed->m_batchNorms[std::size_t(*source)];
            } else {
                made->pack(step);
            }
        }
    });
    return made;
}

const float* PackedNetwork::bias(StepId step) const {
    return graph().step(step).settings.hasBias ? m_network->parameter(step, "bias").values.data() : nullptr;
}

std::size_t PackedNetwork::scratchSize(int images, int threads) const {
    std::size_t most = 0;
    for (const auto& convolution : m_convolutions)
        if (convolution)
            most = std::max(most, convolution->scratchSize(images, threads));
    return most;
}

std::size_t PackedNetwork::packedBytes() const {
    std::size_t floats = 0;
    for (const auto& convolution : m_convolutions)
        if (convolution)
            floats += convolution->packedSize();
    return floats * sizeof(float);
}

}  // namespace resnet
