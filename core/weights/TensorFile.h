#pragma once

#include "core/tensor/Tensor.h"
#include "core/weights/ElementType.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace resnet {

// What a file may list at most; more is damage or malice.
inline constexpr std::size_t mostTensors = 65'536;
inline constexpr std::size_t mostDimensions = 16;
inline constexpr std::size_t longestTensorName = 1024;

// A tensor as a file lists it; its numbers are not read.
struct ListedTensor {
    std::string name;
    ElementType type{};
    std::vector<std::int64_t> shape;
};

// Tensors to read, by their place in the list, and what to call them.
using TensorNames = std::map<std::size_t, std::string>;

// An open weights file that lists its tensors and reads those that are asked for. What lies beside them costs
// nothing and can be of any type.
class TensorFile {
public:
    virtual ~TensorFile() = default;

    // What error messages call it: the path of a file.
    virtual const std::string& name() const = 0;
    // In the order of the file.
    virtual const std::vector<ListedTensor>& tensors() const = 0;
    // Whether that order is the one in which the network's parts were made, as PyTorch keeps it.
    virtual bool isInOrder() const = 0;
    // Reads F16, BF16, F32 and F64 as float32. Throws Error, for any other type as well.
    virtual StateDict read(const TensorNames& names) const = 0;
};

// Throws Error naming the tensors among those to be read that are of another type, as a detail each but the
// first.
void refuseUndecodable(const TensorFile& file, const TensorNames& names);

}  // namespace resnet
