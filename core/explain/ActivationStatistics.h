#pragma once

#include "core/explain/Statistics.h"
#include "core/inference/Activations.h"

namespace resnet {

// The statistics of one image's activations, computed when first asked for and kept while the output is the
// same.
class ActivationStatistics {
public:
    struct Entry {
        FeatureMapsPtr maps;
        std::vector<Statistics> channels;
        Statistics total;
    };

    // Null while the step is not computed. Valid until the next call.
    const Entry* of(const Activations& activations, StepId step);
    void clear() { m_entries.clear(); }

private:
    std::vector<Entry> m_entries;  // by step, the input first
};

}  // namespace resnet
