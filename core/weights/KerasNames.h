#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace resnet {

// A variable of a Keras file under its path: "layers/res_unit_3/main_layers/conv2d/vars/0" or, in the older
// files, "model_weights/res_unit_3/sequential/res_unit_3/conv2d_7/kernel". Kernels are height x width x in x
// out.
struct KerasVariable {
    std::string path;
    std::vector<std::int64_t> shape;
};

// Path to torchvision's name for every variable that belongs to a residual network. Layers are known by their
// shapes, residual units by holding two 3 x 3 convolutions, and their order by the numbers that Keras appends
// to names, or by `layerOrder`, the names of the outermost layers, where a file has it. Variables that fit
// nowhere are left out.
std::map<std::string, std::string, std::less<>> torchvisionNames(const std::vector<KerasVariable>& variables,
                                                                 const std::vector<std::string>& layerOrder);

// Less than, with the numbers in texts compared as numbers: "unit" < "unit_2" < "unit_10".
bool naturallyLess(std::string_view a, std::string_view b);

}  // namespace resnet
