#include "core/inference/BackwardWeights.h"

#include <tbb/task_arena.h>

namespace resnet {

BackwardWeights::BackwardWeights(std::shared_ptr<const PackedNetwork> packed) : m_packed(std::move(packed)) {
    for (int step = 0; step < m_packed->graph().stepCount(); ++step)
        m_slots.push_back(std::make_shared<Slot>());
}

BackwardWeights::BackwardWeights(const BackwardWeights& opened, std::shared_ptr<const PackedNetwork> edited)
    : m_packed(std::move(edited)) {
    for (StepId step = 0; step < m_packed->graph().stepCount(); ++step) {
        const std::optional<StepId> source = network().sourceOf(step);
        m_slots.push_back(source ? opened.m_slots[std::size_t(*source)] : std::make_shared<Slot>());
    }
}

const ConvolutionBackward& BackwardWeights::convolution(StepId step) const {
    Slot& slot = *m_slots.at(std::size_t(step));
    const std::scoped_lock lock(slot.mutex);
    if (!slot.made) {
        const ConvolutionShape shape = convolutionShapeOf(m_packed->graph().step(step));
        const ConvolutionAlgorithm algorithm =
            algorithmFor(ConvolutionBackward::productShapeOf(shape), m_packed->options());
        // Isolated: a thread that waits in here takes no task of others, which might want the same slot.
        tbb::this_task_arena::isolate([&] {
            slot.made = std::make_unique<const ConvolutionBackward>(
                shape, network().parameter(step, "weight").values, algorithm, m_packed->kernels());
        });
    }
    return *slot.made;
}

std::size_t BackwardWeights::packedBytes() const {
    std::size_t floats = 0;
    for (const auto& slot : m_slots) {
        const std::scoped_lock lock(slot->mutex);
        floats += slot->made ? slot->made->packedSize() : 0;
    }
    return floats * sizeof(float);
}

}  // namespace resnet
