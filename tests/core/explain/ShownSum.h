#pragma once

#include "core/explain/Trace.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace resnet::test {

// The sum again, from what the trace shows.
inline double shownSum(const ConvolutionTrace& how) {
    double sum = 0.0;
    for (const ChannelTerm& term : how.channels)
        for (const WeightedCell& cell : term.cells)
            sum += cell.product();
    return sum;
}
inline double shownSum(const AffineTrace& how) {
    return (double(how.before) - how.mean) / std::sqrt(how.variance + how.epsilon) * how.gamma + how.beta;
}
inline double shownSum(const ReluTrace& how) {
    return std::max(0.0f, how.before);
}
inline double shownSum(const FunctionTrace& how) {
    return activated(how.function, how.slope, how.before);
}
inline double shownSum(const CopyTrace& how) {
    return how.isZero ? 0.0 : how.before;
}
inline double shownSum(const MaxPoolTrace& how) {
    double largest = -std::numeric_limits<double>::infinity();
    for (const WindowCell& cell : how.cells)
        if (!cell.isPadding)
            largest = std::max(largest, double(cell.value));
    return largest;
}
inline double shownSum(const SumTrace& how) {
    return how.mainPathTerm() + how.shortcutTerm();
}
inline double shownSum(const MeanTrace& how) {
    return std::accumulate(how.cells.begin(), how.cells.end(), 0.0) / (how.height * how.width);
}
inline double shownSum(const DenseTrace& how) {
    double sum = how.bias;
    for (const FeatureTerm& term : how.features)
        sum += term.product();
    return sum;
}
inline double shownSum(const SoftmaxTrace& how) {
    double sum = 0.0;
    for (const ClassTerm& term : how.classes)
        sum += std::exp(term.logit - how.largestLogit);
    return how.exponential / sum;
}

inline double shownSum(const Trace& trace) {
    return std::visit([](const auto& how) { return shownSum(how); }, trace.how);
}

}  // namespace resnet::test
