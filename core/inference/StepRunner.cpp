#include "core/inference/StepRunner.h"

#include "core/ops/Activation.h"
#include "core/ops/Add.h"
#include "core/ops/AveragePool.h"
#include "core/ops/Dense.h"
#include "core/ops/GlobalAveragePool.h"
#include "core/ops/GlobalMaxPool.h"
#include "core/ops/MaxPool.h"
#include "core/ops/Pad.h"
#include "core/ops/Relu.h"
#include "core/ops/Softmax.h"
#include "core/tensor/CacheLine.h"

namespace resnet {

void StepRunner::runGroup(const StepGroup& group, const MapsView& input, const MapsView& shortcut,
                          const GroupOutputs& outputs, float* scratch, const std::stop_token& stop) const {
    const Convolution& convolution = m_packed->convolution(group.step);
    kernels::Epilogue epilogue;
    epilogue.bias = m_packed->bias(group.step);
    epilogue.convolved = outputs.convolved.values;
    epilogue.normalised = outputs.normalised.values;
    epilogue.summed = outputs.summed.values;
    epilogue.rectified = outputs.rectified.values;
    if (group.norm && (outputs.normalised.values || outputs.summed.values || outputs.rectified.values)) {
        epilogue.scale = m_packed->batchNorm(*group.norm).scale();
        epilogue.shift = m_packed->batchNorm(*group.norm).shift();
    }
    if (group.sum && (outputs.summed.values || outputs.rectified.values)) {
        epilogue.shortcut = shortcut.values;
        epilogue.gains = group.gains;
        epilogue.isWeighted = isWeighted(group.gains);
    }
    epilogue.stream = epilogue.rectified != nullptr &&
                      std::size_t(convolution.shape().output.channels) % cacheLineFloats == 0;
    convolution.run(input, epilogue, scratch, m_threads, stop);
}

void StepRunner::runStep(const Step& step, const MapsView& input, const MapsView& second,
                         const kernels::Gains& gains, const MutableMapsView& output, float* scratch,
                         const std::stop_token& stop) const {
    const kernels::Table& kernels = m_packed->kernels();
    const PoolWindow window{step.window.kernel, step.window.stride, step.window.padTop, step.window.padLeft};
    switch (step.kind) {
        case StepKind::Convolution: {
            kernels::Epilogue epilogue;
            epilogue.bias = m_packed->bias(step.id);
            epilogue.convolved = output.values;
            return m_packed->convolution(step.id).run(input, epilogue, scratch, m_threads, stop);
        }
        case StepKind::BatchNorm:
            return batchNorm(input, m_packed->batchNorm(step.id), output, kernels, stop);
        case StepKind::ReLU:
            return relu(input, output, kernels, stop);
        case StepKind::Add:
            return add(input, second, output, kernels, stop, gains);
        case StepKind::MaxPool:
            return maxPool(input, window, output, kernels, stop);
        case StepKind::GlobalAveragePool:
            return globalAveragePool(input, output);
        case StepKind::Dense: {
            const Network& network = *m_packed->network();
            return dense(input, network.parameter(step.id, "weight").values.data(), m_packed->bias(step.id),
                         output);
        }
        case StepKind::Softmax:
            return softmax(input, output);
        case StepKind::Activation:
            return activation(input, step.settings.function, step.settings.slope, output, stop);
        case StepKind::AveragePool:
            return averagePool(input, window, step.settings.countsPadding, output, stop);
        case StepKind::GlobalMaxPool:
            return globalMaxPool(input, output);
        case StepKind::Padding:
            return pad(input, {window.stride, window.padTop, window.padLeft, step.settings.channelsBefore},
                       output, stop);
        case StepKind::Scale:
            return batchNorm(input, m_packed->batchNorm(step.id), output, kernels, stop);
    }
}

}  // namespace resnet
