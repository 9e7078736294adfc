#pragma once

#include "core/files/ByteSource.h"
#include "core/tensor/Tensor.h"
#include "core/weights/KerasGraph.h"

#include <map>
#include <set>
#include <stop_token>
#include <string>
#include <vector>

namespace resnet {

class ZipArchive;

// A Keras network in PyTorch's layout: under the names of its layers where the file's configuration states
// them, else under torchvision's, as far as groups and shapes tell them.
struct KerasFile {
    StateDict tensors;
    std::optional<LayerGraph> layers;
    std::map<std::string, std::string, std::less<>> metadata;
    std::set<std::string, std::less<>> guessed;  // keys of the metadata that the file does not say
    std::vector<std::string> notes;
};

bool looksLikeHdf5(const ByteSource& source);
bool looksLikeKerasArchive(const ZipArchive& archive);

// The .h5 and .weights.h5 files of Keras 2 and 3. Throws Error naming the file.
KerasFile readKerasHdf5(const ByteSource& source, const std::stop_token& stop);

// A .keras file: a zip archive with config.json and model.weights.h5. Throws Error naming the file.
KerasFile readKerasArchive(const ByteSource& source, const ZipArchive& archive, const std::stop_token& stop);

// Reads what the helper hands over (or anything that claims to be that): a safetensors file whose tensors
// have the paths of an HDF5 file as names. `config` and `origin` are used if the metadata have none. Throws
// Error.
KerasFile readKerasVariables(SequentialSource& source, std::string config, KerasOrigin origin);

}  // namespace resnet
