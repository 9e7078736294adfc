#include "core/attribution/Similarity.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>
#include <numeric>
#include <vector>

namespace resnet {

namespace {

std::vector<double> ranksOf(const std::vector<float>& values) {
    std::vector<std::size_t> order(values.size());
    std::iota(order.begin(), order.end(), std::size_t(0));
    std::ranges::stable_sort(order, {}, [&](std::size_t i) { return values[i]; });
    std::vector<double> ranks(values.size());
    for (std::size_t first = 0; first < order.size();) {
        std::size_t last = first;
        while (last < order.size() && values[order[last]] == values[order[first]])
            ++last;
        for (std::size_t i = first; i < last; ++i)
            ranks[order[i]] = double(first + last - 1) / 2.0;
        first = last;
    }
    return ranks;
}

double correlation(const std::vector<double>& a, const std::vector<double>& b) {
    const double n = double(a.size());
    const double meanA = std::accumulate(a.begin(), a.end(), 0.0) / n;
    const double meanB = std::accumulate(b.begin(), b.end(), 0.0) / n;
    double ab = 0.0;
    double aa = 0.0;
    double bb = 0.0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        ab += (a[i] - meanA) * (b[i] - meanB);
        aa += (a[i] - meanA) * (a[i] - meanA);
        bb += (b[i] - meanB) * (b[i] - meanB);
    }
    return aa > 0.0 && bb > 0.0 ? ab / std::sqrt(aa * bb) : std::numeric_limits<double>::quiet_NaN();
}

template <class Of>
double rankCorrelationOf(const FeatureMaps& a, const FeatureMaps& b, const Of& of) {
    assert(a.shape() == b.shape());
    const auto values = [&](const FeatureMaps& maps) {
        std::vector<float> made(maps.size());
        std::transform(maps.data(), maps.data() + maps.size(), made.begin(), of);
        return made;
    };
    return correlation(ranksOf(values(a)), ranksOf(values(b)));
}

// Weights 0 to 3 standard deviations from the middle.
std::vector<double> gaussian(double deviation) {
    std::vector<double> weights;
    for (int i = 0; i <= int(std::ceil(3.0 * deviation)); ++i)
        weights.push_back(std::exp(-0.5 * i * i / (deviation * deviation)));
    return weights;
}

// Along lines of `count` values, `step` floats apart.
void blurLine(const float* from, float* to, int count, std::size_t step, const std::vector<double>& weights) {
    const int reach = int(weights.size()) - 1;
    for (int i = 0; i < count; ++i) {
        double sum = 0.0;
        double total = 0.0;
        for (int j = std::max(i - reach, 0); j <= std::min(i + reach, count - 1); ++j) {
            const double weight = weights[std::size_t(std::abs(i - j))];
            sum += weight * from[std::size_t(j) * step];
            total += weight;
        }
        to[std::size_t(i) * step] = float(sum / total);
    }
}

}  // namespace

double rankCorrelation(const FeatureMaps& a, const FeatureMaps& b) {
    return rankCorrelationOf(a, b, [](float value) { return value; });
}

double rankCorrelationOfMagnitudes(const FeatureMaps& a, const FeatureMaps& b) {
    return rankCorrelationOf(a, b, [](float value) { return std::abs(value); });
}

double structuralSimilarity(const FeatureMaps& a, const FeatureMaps& b) {
    assert(a.shape() == b.shape() && a.channels() == 1);
    const auto largest = [](const FeatureMaps& maps) {
        double found = 0.0;
        for (std::size_t i = 0; i < maps.size(); ++i)
            found = std::max(found, std::abs(double(maps.data()[i])));
        return found;
    };
    const double scaleA = largest(a);
    const double scaleB = largest(b);
    if (!(scaleA > 0.0 && scaleB > 0.0))
        return std::numeric_limits<double>::quiet_NaN();
    // Means of a, b, a^2, b^2 and ab as the channels of one map.
    FeatureMaps products({5, a.height(), a.width()});
    for (std::size_t i = 0; i < a.size(); ++i) {
        const double x = a.data()[i] / scaleA;
        const double y = b.data()[i] / scaleB;
        float* const to = products.data() + 5 * i;
        to[0] = float(x);
        to[1] = float(y);
        to[2] = float(x * x);
        to[3] = float(y * y);
        to[4] = float(x * y);
    }
    const FeatureMaps means = blurred(products, 1.5);
    constexpr double c1 = 0.02 * 0.02;
    constexpr double c2 = 0.06 * 0.06;
    double sum = 0.0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        const float* const m = means.data() + 5 * i;
        const double x = m[0];
        const double y = m[1];
        const double variances = m[2] - x * x + m[3] - y * y;
        sum += (2.0 * x * y + c1) * (2.0 * (m[4] - x * y) + c2) /
               ((x * x + y * y + c1) * (std::max(variances, 0.0) + c2));
    }
    return sum / double(a.size());
}

FeatureMaps blurred(const FeatureMaps& maps, double deviation) {
    const std::vector<double> weights = gaussian(deviation);
    const std::size_t channels = std::size_t(maps.channels());
    const std::size_t row = channels * std::size_t(maps.width());
    FeatureMaps across(maps.shape());
    FeatureMaps made(maps.shape());
    for (int y = 0; y < maps.height(); ++y)
        for (std::size_t c = 0; c < channels; ++c)
            blurLine(maps.data() + std::size_t(y) * row + c, across.data() + std::size_t(y) * row + c,
                     maps.width(), channels, weights);
    for (std::size_t i = 0; i < row; ++i)
        blurLine(across.data() + i, made.data() + i, maps.height(), row, weights);
    return made;
}

}  // namespace resnet
