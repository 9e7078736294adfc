#pragma once

#include "core/inference/BackwardExecutor.h"
#include "core/inference/Executor.h"

#include <functional>
#include <optional>
#include <span>
#include <stop_token>
#include <string_view>
#include <vector>

namespace resnet {

// Ways to show what a score owes to which places. g is the gradient of the score, A a step's output, x the
// input. The first three give one map of the size of a step's maps; the others one of the input's size for
// each of its channels. All are signed: nothing is cut off at 0.
//   GradCam             sum over c of (mean over cells of g[c]) * A[c]   (Selvaraju et al., arXiv 1610.02391,
//                       before its ReLU)
//   HiResCam            sum over c of g[c] * A[c], cell by cell          (Draelos and Carin, arXiv
//   2011.08891) LayerCam            sum over c of max(g[c], 0) * A[c]                (Jiang et al., TIP 2021)
//   Gradient            g                                               (Simonyan et al., arXiv 1312.6034)
//   InputTimesGradient  x * g
//   Integrated          (x - b) * mean of g on the straight way from a baseline b to x, by Gauss-Legendre
//                       nodes                                           (Sundararajan et al., arXiv
//                       1703.01365)
//   SmoothGrad          mean of g at x + noise                          (Smilkov et al., arXiv 1706.03825)
//   Guided              g where ReLUs let only what is above 0 back     (Springenberg et al., arXiv
//   1412.6806)
enum class AttributionMethod {
    GradCam,
    HiResCam,
    LayerCam,
    Gradient,
    InputTimesGradient,
    Integrated,
    SmoothGrad,
    Guided
};

// "gradcam", "hirescam", "layercam", "gradient", "input-x-gradient", "integrated", "smoothgrad", "guided".
std::string_view name(AttributionMethod method);
std::span<const AttributionMethod> attributionMethods();
// Whether it is of a step's maps, not of the input's.
bool isOfStep(AttributionMethod method);

struct AttributionRequest {
    AttributionMethod method = AttributionMethod::GradCam;
    int classIndex = 0;
    std::optional<int> against;  // then of the difference to the score of this class
    // Of isOfStep(): the step whose maps are explained; without it the last unit's output.
    std::optional<StepId> step;

    int nodes = 50;           // Integrated: 1 to 200
    FeatureMapsPtr baseline;  // Integrated: of the input's shape; null is 0, the mean colour

    int samples = 25;        // SmoothGrad: 1 to 1000
    double noise = 0.15;     // SmoothGrad: standard deviation over the input's largest minus least value
    std::uint64_t seed = 0;  // SmoothGrad
};

struct Attribution {
    FeatureMaps map;  // 1 x h x w of a step, or the input's shape
    // Integrated: the map's sum, the score's difference between input and baseline, which it would be with
    // infinitely many nodes, and how far it misses that.
    double sum = 0.0;
    std::optional<double> scoreDifference;
    double gap() const { return sum - scoreDifference.value_or(sum); }
};

// Called on this thread after each node or sample.
using AttributionObserver = std::function<void(int done, int total)>;

// `run` is of the executors' network and has come to the scores; its edits hold for all passes that are made.
// One image at a time: the memory does not grow with nodes or samples, and the same request gives the same
// bits. Nothing when stopped. Throws Error for a class, step, number of nodes or samples, or noise that
// cannot be, a baseline of another shape, and for scores that are not finite.
std::optional<Attribution> attribute(Executor& forward, BackwardExecutor& backward, const Run& run,
                                     const AttributionRequest& request, const std::stop_token& stop = {},
                                     const AttributionObserver& observer = {});

// Where in a residual unit: its output, the sum that the addition gives, or one of the two terms of it alone,
// with its gain. The gradient of both terms is that of the sum, so that their maps add up to its map.
enum class UnitPlace { Output, Sum, MainPath, Shortcut };

// A map of isOfStep() at this place of every residual unit, in their order, from one way back; the request's
// step does not count. Nothing when stopped. Throws Error like attribute(), and for any place but the output
// of units that add nothing.
std::optional<std::vector<FeatureMaps>> attributeUnits(BackwardExecutor& backward, const Run& run,
                                                       const AttributionRequest& request,
                                                       const std::stop_token& stop = {},
                                                       UnitPlace place = UnitPlace::Output);

// The sum over the channels, 1 x h x w: what is shown of an attribution.
FeatureMaps channelSum(const FeatureMaps& map);

}  // namespace resnet
