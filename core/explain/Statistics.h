#pragma once

#include "core/inference/EngineOptions.h"
#include "core/inference/Run.h"
#include "core/tensor/FeatureMaps.h"

#include <cstdint>
#include <map>
#include <vector>

namespace resnet {

// What a set of values looks like. NaN and infinity are counted and left out of everything else; with no
// finite value left all figures are 0. Accumulated in double, in an order that does not depend on the
// threads.
struct Statistics {
    std::int64_t count = 0;  // finite values
    std::int64_t zeros = 0;
    std::int64_t notANumber = 0;
    std::int64_t infinite = 0;
    double minimum = 0.0;
    double maximum = 0.0;
    double mean = 0.0;
    double deviation = 0.0;  // standard deviation, of the population
    double norm = 0.0;       // square root of the sum of squares

    std::int64_t notFinite() const { return notANumber + infinite; }
    double shareOfZeros() const { return count > 0 ? double(zeros) / double(count) : 0.0; }
    // A channel that says nothing: every value is zero.
    bool isDead() const { return count > 0 && zeros == count; }
    bool operator==(const Statistics&) const = default;
};

Statistics statisticsOf(const FeatureMaps& maps, const EngineOptions& options = {});
Statistics statisticsOf(const FeatureMaps& maps, int channel);
// One per channel; the same figures as for each alone, in one pass over the values.
std::vector<Statistics> channelStatistics(const FeatureMaps& maps, const EngineOptions& options = {});
// Those of the union.
Statistics merged(const std::vector<Statistics>& parts);

// The channel with the largest mean; one with NaN has no place in the order.
int strongestChannel(const FeatureMaps& maps);

int deadChannels(const std::vector<Statistics>& channels);

// How often values fall into equal bins from `low` to `high`: symmetric around zero if there are negative
// values, else from zero up. Exact zeros are counted apart, since after a ReLU they would dwarf all else.
struct Histogram {
    double low = 0.0;
    double high = 0.0;
    std::vector<std::int64_t> counts;
    std::int64_t zeros = 0;

    bool isSigned() const { return low < 0.0; }
};

// `bins` should be even, so that zero is the edge of two. Empty counts if no value is finite.
Histogram histogramOf(const FeatureMaps& maps, int bins, const EngineOptions& options = {});
Histogram histogramOf(const FeatureMaps& maps, int channel, int bins);
// With the statistics of the same values at hand, which saves a pass.
Histogram histogramOf(const FeatureMaps& maps, const Statistics& statistics, int bins,
                      const EngineOptions& options = {});

// The statistics of outputs of runs and of what is made of them, measured when first asked for and kept.
class ActivationStatistics {
public:
    explicit ActivationStatistics(const EngineOptions& options = {}) : m_options(options) {}

    struct Entry {
        FeatureMapsPtr maps;
        std::vector<Statistics> channels;
        Statistics total;
    };

    // Null for null. Valid until they are dropped.
    const Entry* of(const FeatureMapsPtr& maps);
    // Null also while they were not asked for.
    const Entry* known(const FeatureMapsPtr& maps) const;
    // Of an output of a run: null while it is not computed.
    const Entry* of(const Run& run, StepId step) {
        return step < run.stepCount() ? of(run.output(step)) : nullptr;
    }
    const Entry* known(const Run& run, StepId step) const {
        return step < run.stepCount() ? known(run.output(step)) : nullptr;
    }
    // Takes over what is known elsewhere.
    void add(ActivationStatistics other) { m_entries.merge(other.m_entries); }
    // Drops what is known of any others.
    void keepOnly(const std::vector<FeatureMapsPtr>& maps);
    void clear() { m_entries.clear(); }

private:
    EngineOptions m_options;
    std::map<const FeatureMaps*, Entry> m_entries;  // each holds the maps that it is under
};

// Correlation (-1 to 1) of every channel with one of them, over the pixels: which channels respond at the
// same positions. 0 for constant channels. `statistics` are the channels' own. NaN and infinity count as the
// mean.
std::vector<double> similarityTo(const FeatureMaps& maps, const std::vector<Statistics>& statistics,
                                 int channel, const EngineOptions& options = {});

}  // namespace resnet
