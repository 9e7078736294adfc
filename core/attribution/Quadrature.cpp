#include "core/attribution/Quadrature.h"

#include <cmath>
#include <numbers>
#include <utility>

namespace resnet {

namespace {

// Legendre's polynomial of a degree and its derivative, by the three-term recurrence.
std::pair<double, double> legendre(int degree, double x) {
    double before = 1.0;
    double value = x;
    for (int n = 2; n <= degree; ++n)
        before = std::exchange(value, ((2.0 * n - 1.0) * x * value - (n - 1.0) * before) / n);
    return {value, degree * (x * value - before) / (x * x - 1.0)};
}

}  // namespace

// The zeros of Legendre's polynomial by Newton's method, each from its known neighbourhood.
std::vector<QuadratureNode> gaussLegendre(int count) {
    std::vector<QuadratureNode> nodes;
    for (int i = count; i >= 1; --i) {
        double x = std::cos(std::numbers::pi * (i - 0.25) / (count + 0.5));
        for (int turn = 0; turn < 100; ++turn) {
            const auto [value, slope] = legendre(count, x);
            const double by = value / slope;
            x -= by;
            if (std::abs(by) < 1e-15)
                break;
        }
        const double slope = legendre(count, x).second;
        nodes.push_back({(x + 1.0) / 2.0, 1.0 / ((1.0 - x * x) * slope * slope)});
    }
    return nodes;
}

}  // namespace resnet
