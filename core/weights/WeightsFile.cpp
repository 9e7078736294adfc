#include "core/weights/WeightsFile.h"

#include "core/Error.h"
#include "core/weights/ByteSource.h"
#include "core/weights/Safetensors.h"
#include "core/weights/TorchFile.h"
#include "core/weights/TorchNames.h"
#include "core/weights/ZipArchive.h"

namespace resnet {

namespace {

WeightsFile readTorch(TorchFile file) {
    renameToTorchvision(file.tensors, file.notes);
    return {{}, WeightsFormat::PyTorch, std::move(file.tensors), {}, std::move(file.notes)};
}

WeightsFile readByContent(const ByteSource& source) {
    if (ZipArchive::looksLikeZip(source)) {
        const ZipArchive archive(source);
        return readTorch(readTorchZip(source, archive));
    }
    if (looksLikeTorchLegacy(source))
        return readTorch(readTorchLegacy(source));
    SafetensorsFile file = readSafetensors(source);
    std::vector<std::string> notes;
    renameToTorchvision(file.tensors, notes);
    return {
        {}, WeightsFormat::Safetensors, std::move(file.tensors), std::move(file.metadata), std::move(notes)};
}

}  // namespace

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
    const auto source = openFile(path);
    WeightsFile file = readByContent(*source);
    file.path = path;
    return file;
}

}  // namespace resnet
