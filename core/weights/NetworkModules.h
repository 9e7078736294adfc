#pragma once

#include "core/weights/TensorFile.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace resnet {

// A part of a PyTorch network that has tensors of its own, by what they are.
struct NetworkModule {
    enum class Kind { Convolution, Norm, Dense };

    std::string path;  // "layer1.0.conv1"
    Kind kind{};
    std::vector<std::int64_t> shape;   // of its kernel, matrix or vectors
    bool hasStatistics = true;         // of a norm: running mean and variance
    std::vector<std::size_t> tensors;  // places in the file's list
    std::size_t position = 0;          // of the first of them: where it stands in the file

    std::int64_t outputs() const { return shape[0]; }
    std::int64_t inputs() const { return shape.size() > 1 ? shape[1] : shape[0]; }
    std::int64_t kernelSide() const { return shape[2] == shape[3] ? shape[2] : 0; }  // 0: not square
};

struct NetworkModules {
    std::vector<NetworkModule> modules;  // by path, numbers in it compared as numbers
    std::vector<std::size_t> others;     // tensors that are of none
};

// Convolutions, norms and dense layers are known by the names and shapes of their tensors (weight, bias,
// running_mean, running_var), wherever they are.
NetworkModules modulesOf(const std::vector<ListedTensor>& tensors);

// The parts of a path between its dots.
std::vector<std::string_view> componentsOf(std::string_view path);

// What stands before the last dot of a path, empty for one of one part, and what stands after it.
std::string_view parentOf(std::string_view path);
std::string_view leafOf(std::string_view path);

// Whether `path` is `prefix` itself or lies below it; everything lies below "".
bool isBelow(std::string_view path, std::string_view prefix);

}  // namespace resnet
