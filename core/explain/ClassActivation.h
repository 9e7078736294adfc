#pragma once

#include "core/inference/Run.h"

#include <optional>
#include <vector>

namespace resnet {

// Where the last unit's maps speak for a class, exactly (Zhou et al., "Learning Deep Features for
// Discriminative Localization", 2016): pooling and the dense layer are linear, so that
//   logit = bias + sum over cells of evidence[y][x]
//   evidence[y][x] = 1 / cells * sum over f of weight[f] * map[f][y][x]
// Each map is 1 x h x w; evidence = positive + negative, the features that speak for and against it.
struct ClassActivation {
    FeatureMaps evidence;
    FeatureMaps positive;  // from 0 up
    FeatureMaps negative;  // from 0 down
    double bias = 0.0;
    double logit = 0.0;  // bias + the sum over all cells, in double precision
};

// What one feature adds to the logit: weight * the mean of its map.
struct FeatureContribution {
    int feature = 0;
    double mean = 0.0;
    double weight = 0.0;
    double contribution() const { return mean * weight; }
};

// The class with the highest score (logit or probability); of equal ones the first.
int topClass(const FeatureMaps& scores);

// The step whose maps are explained: the last unit's output.
StepId lastMapStep(const Graph& graph);
// Whether a class's logit is a weighted mean over the cells of the last maps: a dense layer behind a global
// average.
bool isActivationExact(const Graph& graph);

// For a class, or for a class over another: their difference, which sums to the difference of their logits.
// Throws Error if there is no such class or the last unit is not computed.
ClassActivation classActivation(const Run& run, int classIndex, std::optional<int> over = {});

// All features, those that speak for the class (over the other) first, those that speak against it last.
// Throws Error like classActivation().
std::vector<FeatureContribution> featureContributions(const Run& run, int classIndex,
                                                      std::optional<int> over = {});

// A map of one channel enlarged to `height` x `width` by bilinear interpolation between the centres of its
// cells, for laying over a picture.
FeatureMaps enlarged(const FeatureMaps& map, int height, int width);

}  // namespace resnet
