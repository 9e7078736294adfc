#include "core/weights/WeightsFile.h"

#include "core/weights/Safetensors.h"

namespace resnet {

std::string_view name(WeightsFormat format) {
    switch (format) {
        case WeightsFormat::Safetensors:
            return "safetensors";
        case WeightsFormat::PyTorch:
            return "PyTorch";
        case WeightsFormat::KerasArchive:
            return "Keras";
        case WeightsFormat::Hdf5:
            return "HDF5";
    }
    return "";
}

WeightsFile readWeights(const std::string& path, const std::stop_token&) {
    SafetensorsFile file = readSafetensors(path);
    return {path, WeightsFormat::Safetensors, std::move(file.tensors), std::move(file.metadata), {}};
}

}  // namespace resnet
