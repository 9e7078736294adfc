#pragma once

#include "core/inference/BackwardExecutor.h"
#include "core/inference/Executor.h"
#include "core/network/SeenPixels.h"

#include <cstdint>
#include <stop_token>

namespace resnet {

// The cell whose receptive field is asked for.
struct FieldCell {
    StepId step = 0;
    int channel = 0;
    Cell cell;

    bool operator==(const FieldCell&) const = default;
};

// How much each pixel can change a cell: the magnitude of the cell's gradient, summed over the colours, its
// mean over pictures (Luo et al., "Understanding the Effective Receptive Field in Deep Convolutional Neural
// Networks", arXiv 1701.04128, who show that it falls off like a Gaussian inside the theoretical one).
struct EffectiveField {
    FeatureMaps influence;  // 1 x h x w of the input
    int pictures = 0;
    // Of the influence as a distribution over the pixels: its middle and standard deviations, in pixels; 0
    // where nothing has any.
    double middleY = 0.0, middleX = 0.0;
    double deviationY = 0.0, deviationX = 0.0;

    // Nothing can change the cell: behind a ReLU that is shut, say.
    bool isNothing() const { return !(total > 0.0); }
    // Two standard deviations to each side.
    double height() const { return 4.0 * deviationY; }
    double width() const { return 4.0 * deviationX; }
    // Share of the influence inside that rectangle.
    double shareInside() const;
    double total = 0.0;
};

// Adds up the field of one cell over pictures, one at a time.
class FieldMeter {
public:
    // Throws Error for a cell that is not there.
    FieldMeter(const std::shared_ptr<const PackedNetwork>& packed, const FieldCell& of);

    // A run that has come to the step; or a picture, which goes through first. False when stopped. Throws
    // Error for a cell that is no finite number.
    bool add(const Run& run, const std::stop_token& stop = {});
    bool add(const FeatureMapsPtr& input, const Edits& edits, const std::stop_token& stop = {});

    EffectiveField mean() const;

private:
    Executor m_forward;
    BackwardExecutor m_backward;
    FieldCell m_of;
    std::vector<double> m_sums;
    int m_pictures = 0;
};

// The same graph with parameters as they would start from a seed.
std::shared_ptr<const Network> startedAnew(const Network& network, std::uint64_t seed);

// The channel of a step with the largest value at a cell: one whose ReLU is open.
int strongestChannel(const Run& run, StepId step, Cell cell);
// The same of a picture that goes through first: the cell with that channel. Nothing when stopped.
std::optional<FieldCell> withStrongestChannel(const std::shared_ptr<const PackedNetwork>& packed,
                                              const FieldCell& of, const FeatureMapsPtr& input,
                                              const Edits& edits, const std::stop_token& stop = {});

}  // namespace resnet
