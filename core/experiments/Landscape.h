#pragma once

#include "core/experiments/Trial.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

namespace resnet {

// A way the weights can move: kernels and matrices by the names of the parameters. Vectors (batch norm and
// bias) do not move.
using Direction = StateDict;

// Every filter of a kernel, and every row of a matrix, scaled to the norm of the network's (Li et al.,
// "Visualizing the Loss Landscape of Neural Nets", 2018, section 4), which makes networks comparable: the
// same filter times a constant is the same function behind a batch norm. A filter of zeros stays.
// Throws Error for a direction that lacks a kernel or has other shapes.
Direction filterNormalised(Direction direction, const Network& network);

// Normal numbers from a seed, filter-normalised; the same on every machine. Empty when stopped.
Direction randomDirection(const Network& network, std::uint64_t seed, const std::stop_token& stop = {});

// weights + x * first + y * second, in float32; those of the network themselves, bit for bit, at (0, 0).
Network movedNetwork(const Network& network, const Direction& first, const Direction& second, double x,
                     double y);

// What a network says of pictures at a place of the plane.
struct LandscapePoint {
    double loss =
        0.0;  // mean cross-entropy of the classes; or mean divergence from the network's own answers
    double accuracy = 0.0;  // of the classes; or agreement with the network's own answers
    bool operator==(const LandscapePoint&) const = default;
};

struct LandscapeRequest {
    int grid = 25;      // points per side: odd, 3 to 201, so that the centre is one of them
    double span = 1.0;  // from the centre to the border
};

struct Landscape {
    std::vector<double> axis;                         // of both directions
    std::vector<std::vector<LandscapePoint>> points;  // rows by the second direction
    LandscapePoint centre;
    bool isDivergence = false;  // the pictures have no classes

    // -span to span; the middle is 0 exactly.
    static std::vector<double> axisFor(const LandscapeRequest& request);
};

// Measures places of a plane through a network, over pictures that all have classes or all have none.
class LandscapeMeter {
public:
    // Throws Error for no pictures, inputs of another shape and classes that the network does not have.
    LandscapeMeter(std::shared_ptr<const Network> network, std::vector<LabelledInput> pictures,
                   const EngineOptions& options = {});

    bool isDivergence() const { return m_isDivergence; }
    // Nothing when stopped. The centre is the plain loss, or 0 for the divergence.
    std::optional<LandscapePoint> at(const Direction& first, const Direction& second, double x, double y,
                                     const std::stop_token& stop = {});

private:
    using Logits = std::vector<std::vector<float>>;  // by picture
    Logits logitsOf(std::shared_ptr<const Network> network, const std::stop_token& stop) const;
    LandscapePoint pointOf(const Logits& logits) const;

    std::shared_ptr<const Network> m_network;
    std::vector<LabelledInput> m_pictures;
    EngineOptions m_options;
    bool m_isDivergence = false;
    Logits m_own;  // what the network says where it is
};

// The whole grid, the centre first and then row by row. Nothing when stopped. Throws Error for a request out
// of range.
std::optional<Landscape> landscape(LandscapeMeter& meter, const Direction& first, const Direction& second,
                                   const LandscapeRequest& request, const std::stop_token& stop = {},
                                   const TrialObserver& observer = {});

}  // namespace resnet
