#pragma once

#include "core/attribution/Attribution.h"

#include <string>
#include <vector>

namespace resnet {

// A map of a network whose last units have lost what they learned.
struct RandomisedMap {
    std::string unit;  // the first unit that is started anew, all behind it are too; empty: none
    FeatureMaps map;   // 1 x h x w: the sum over the channels, enlarged to the input's size
    // With the map of the network as it is: 1 means that the map does not care for what is lost. NaN where
    // one of the two is flat.
    double rankCorrelation = 1.0;
    double rankCorrelationOfMagnitudes = 1.0;
    double similarity = 1.0;  // SSIM
};

// Called on this thread after each map.
using RandomisationObserver = std::function<void(const RandomisedMap& made, int done, int total)>;

// The map of the run, then with the last unit's weights started anew from a seed, with the last two's, up to
// all of them. A map that tells what the network has learned changes; one that stays tells of the picture
// (Adebayo et al., "Sanity Checks for Saliency Maps", arXiv 1810.03292, "cascading randomization"; here unit
// by unit, and the dense layer stays). Nothing when stopped. Throws Error like attribute().
//
// One network after the other: the memory is that of one more network, whatever their number.
std::optional<std::vector<RandomisedMap>> randomisationTest(
    const std::shared_ptr<const PackedNetwork>& packed, const Run& run, const AttributionRequest& request,
    std::uint64_t seed = 1, const std::stop_token& stop = {}, const RandomisationObserver& observer = {});

// How the class's probability falls while blocks of the picture are hidden (deletion), and how it rises
// while they are shown (insertion): those first that a map says owe most (Petsiuk et al., arXiv 1806.07421).
// Hidden blocks have the mean colour; insertion begins with the blurred picture.
struct Curves {
    std::vector<double> share;  // of the picture that is hidden or shown: 0 to 1
    std::vector<double> deletion;
    std::vector<double> insertion;
    // The mean over blocks in a random order.
    std::vector<double> randomDeletion;
    std::vector<double> randomInsertion;
};

struct CurveRequest {
    int classIndex = 0;
    int block = 16;  // side in pixels
    int points = 15;
    int randomOrders = 4;
    std::uint64_t seed = 1;
};

// `map` is 1 x h x w of the input's size. Nothing when stopped.
std::optional<Curves> curvesOf(const std::shared_ptr<const PackedNetwork>& packed, const Run& run,
                               const FeatureMaps& map, const CurveRequest& request,
                               const std::stop_token& stop = {});

// The area under a curve over its share, by trapezoids.
double areaUnder(const Curves& curves, const std::vector<double>& values);

}  // namespace resnet
