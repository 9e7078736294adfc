#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace resnet {

// A variable of a Keras file under its path: "layers/res_unit_3/main_layers/conv2d/vars/0" or, in the older
// files, "model_weights/res_unit_3/sequential/res_unit_3/conv2d_7/kernel". Kernels are height x width x in x
// out.
struct KerasVariable {
    std::string path;
    std::vector<std::int64_t> shape;
};

// A layer that has variables. Refers to them.
struct KerasLayer {
    enum class Kind { Convolution, BatchNorm, Dense };
    using Path = std::vector<std::string_view>;

    Path path;                                        // of its group, from outside in
    std::array<const KerasVariable*, 4> variables{};  // in Keras' order; null where there is none
    Kind kind{};

    // Of a convolution.
    std::int64_t kernelSide() const { return variables[0]->shape[0]; }
    std::int64_t inputs() const { return variables[0]->shape[2]; }
    std::int64_t outputs() const { return variables[0]->shape[3]; }
};

// The convolutions, batch norms and dense layers, known by their shapes, in the order of the network as far
// as names tell it: that of the numbers that Keras appends, or of `layerOrder`, the names of the outermost
// layers, where a file has it.
std::vector<KerasLayer> layersOf(const std::vector<KerasVariable>& variables,
                                 const std::vector<std::string>& layerOrder);

}  // namespace resnet
