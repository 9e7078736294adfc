#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace resnet {

// A parameter tensor: float32, row-major, of any rank. Convolution kernels are
// out x in x height x width, the dense matrix is classes x features, as PyTorch keeps them.
struct Tensor {
    std::vector<std::int64_t> shape;
    std::vector<float> values;

    bool operator==(const Tensor&) const = default;
};

// Parameters under torchvision's names ("layer2.0.downsample.1.running_var").
using StateDict = std::map<std::string, Tensor, std::less<>>;

// "64 x 3 x 7 x 7"; a scalar is "scalar".
std::string shapeText(const std::vector<std::int64_t>& shape);

// Product of the extents. Throws Error if it does not fit 63 bits or an extent is negative.
std::int64_t elementCount(const std::vector<std::int64_t>& shape);

}  // namespace resnet
