#pragma once

#include "core/inference/PackedNetwork.h"
#include "core/inference/Run.h"
#include "core/network/SeenPixels.h"

#include <memory>
#include <span>
#include <stop_token>

namespace resnet {

// A part of a map or of the image: rows x columns.
struct Region {
    PixelRange rows;
    PixelRange columns;

    std::int64_t area() const { return std::int64_t(rows.size()) * columns.size(); }
};

// The first steps of a network again after a part of its input changed, only where that changes anything: a
// small patch reaches 13 % of the maps at the end of stage 1. Everything else is taken from the pass before.
class RegionPass {
public:
    // `before` is a finished pass of the network, with the edits that it has; `changes` are the parts that
    // run() may be called with. How far the pass goes is chosen so that it pays.
    RegionPass(const std::shared_ptr<const PackedNetwork>& packed, Run before,
               std::span<const Region> changes);
    ~RegionPass();

    // The last step that is computed this way, or `inputStep`. All that later steps read of the steps up to
    // it is its output.
    StepId last() const;

    // The output of last() for an input that differs from the one before in `change` alone; the input itself
    // for `inputStep`. In the current TBB arena of at most `threads` slots. A stop request leaves it
    // incomplete.
    FeatureMapsPtr run(const FeatureMapsPtr& input, const Region& change, int threads,
                       const std::stop_token& stop = {});

private:
    struct Part;
    const FeatureMaps& outputBefore(StepId step) const { return *m_before.output(step); }
    const Part* partOf(StepId result) const;
    void compute(Part& part, const FeatureMaps& input, int threads, const std::stop_token& stop);

    std::shared_ptr<const PackedNetwork> m_packed;
    Run m_before;
    std::vector<Part> m_parts;
    AlignedBuffer m_scratch;
};

}  // namespace resnet
