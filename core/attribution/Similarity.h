#pragma once

#include "core/tensor/FeatureMaps.h"

namespace resnet {

// Of two maps of one shape. NaN where either is the same everywhere: then nothing can be said.

// Spearman's: the correlation of the ranks of their values, equal values with the mean of their ranks.
double rankCorrelation(const FeatureMaps& a, const FeatureMaps& b);
// The same of their magnitudes.
double rankCorrelationOfMagnitudes(const FeatureMaps& a, const FeatureMaps& b);

// SSIM, the structural similarity: the mean over all cells of
//   (2 ma mb + c1) (2 sab + c2) / ((ma^2 + mb^2 + c1) (sa^2 + sb^2 + c2)),  c1 = (0.01 L)^2, c2 = (0.03 L)^2
// with means, variances and covariance in a Gaussian window of standard deviation 1.5 (Wang et al., IEEE TIP
// 2004). Each map is first divided by its largest magnitude, so that L = 2; of one channel.
double structuralSimilarity(const FeatureMaps& a, const FeatureMaps& b);

// Every channel blurred by a Gaussian of this standard deviation in cells, cut at three of them; near the
// border the weights inside the map are made to add up to 1.
FeatureMaps blurred(const FeatureMaps& maps, double deviation);

}  // namespace resnet
