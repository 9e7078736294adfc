#pragma once

#include <vector>

namespace resnet {

// A place between 0 and 1, and the weight of the value there.
struct QuadratureNode {
    double at = 0.0;
    double weight = 0.0;
};

// Gauss-Legendre nodes on 0 to 1, the first first: the sum over weight * f(at) is the integral of f, exactly
// for polynomials up to degree 2 * count - 1. count is at least 1.
std::vector<QuadratureNode> gaussLegendre(int count);

}  // namespace resnet
