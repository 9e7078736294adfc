#include "core/explain/ActivationStatistics.h"

namespace resnet {

const ActivationStatistics::Entry* ActivationStatistics::of(const Activations& activations, StepId step) {
    if (step >= activations.stepCount() || !activations.has(step))
        return nullptr;
    m_entries.resize(std::size_t(activations.stepCount()) + 1);
    Entry& entry = m_entries[std::size_t(step - inputStep)];
    if (entry.maps != activations.output(step)) {
        entry.maps = activations.output(step);
        entry.channels = channelStatistics(*entry.maps);
        entry.total = merged(entry.channels);
    }
    return &entry;
}

}  // namespace resnet
