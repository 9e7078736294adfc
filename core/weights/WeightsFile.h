#pragma once

#include "core/network/Layers.h"
#include "core/tensor/Tensor.h"

#include <map>
#include <optional>
#include <set>
#include <stop_token>
#include <string>
#include <vector>

namespace resnet {

enum class WeightsFormat { Safetensors, PyTorch, KerasArchive, Hdf5 };

// "safetensors", "PyTorch", "Keras", "HDF5".
std::string_view name(WeightsFormat format);

// What a weights file holds, whatever its format.
struct WeightsFile {
    std::string path;  // as it was given
    WeightsFormat format{};
    StateDict parameters;  // under torchvision's names and in PyTorch's layout, as far as they could be told
    // The network's layers where the file states them; the parameters then have their names
    // ("conv2d_3.weight").
    std::optional<LayerGraph> layers;
    // What the file says of the network, under the keys that ModelMetadata.h lists.
    std::map<std::string, std::string, std::less<>> metadata;
    std::set<std::string, std::less<>> guessed;  // keys of the metadata that are the reader's guesses
    std::vector<std::string> notes;              // how it was read, where that is not plain, one line each
    std::string problem;  // why the names could not be matched to a residual network; empty if they were
};

// Reads a file of any format, which is told by its content. Of several networks in it, `copy` names the one
// to take (NetworkChoice.h). Throws Error naming the file, also when stopped.
WeightsFile readWeights(const std::string& path, const std::stop_token& stop = {},
                        const std::string& copy = {});

}  // namespace resnet
