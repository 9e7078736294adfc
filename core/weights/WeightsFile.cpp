#include "core/weights/WeightsFile.h"

#include "core/Error.h"
#include "core/files/ByteSource.h"
#include "core/files/ZipArchive.h"
#include "core/weights/KerasFile.h"
#include "core/weights/Safetensors.h"
#include "core/weights/TorchFile.h"
#include "core/weights/TorchNames.h"

#include <algorithm>

namespace resnet {

namespace {

WeightsFile readTorch(TorchFile file) {
    renameToTorchvision(file.tensors, file.notes);
    return {{}, WeightsFormat::PyTorch, std::move(file.tensors), {}, {}, {}, std::move(file.notes)};
}

// Names what is often mistaken for weights; whatever else it is, the safetensors reader says what is wrong
// with it.
void refuseOtherFormats(const ByteSource& source) {
    if (source.size() < 10)
        return;
    const std::string start = source.readText(0, std::size_t(std::min<std::uint64_t>(source.size(), 32)));
    if (start.substr(4, 4) == std::string(4, '\0'))
        return;  // the upper half of a header's length
    const auto refuse = [&](const char* found) {
        throw Error(source.name() +
                    ": expected safetensors, PyTorch (.pth) or Keras (.keras, .h5) weights, found " + found);
    };
    if (start.starts_with("\x80") && start[1] >= 2 && start[1] <= 5)
        refuse("a Python pickle that is no PyTorch file");
    if (start.starts_with("\x93NUMPY"))
        refuse("a NumPy array");
    if (start.starts_with("\x89PNG") || start.starts_with("\xff\xd8\xff"))
        refuse("a picture");
    if (start.starts_with("\x08") && start.find("\x12\x07pytorch") != start.npos)
        refuse("an ONNX network");
    if (start.starts_with("\x1f\x8b"))
        refuse("a compressed file");
    if (start.starts_with("<!DOCTYP") || start.starts_with("<html"))
        refuse("a web page: the download went wrong");
    refuse("something else");
}

WeightsFile readKeras(KerasFile file, WeightsFormat format) {
    return {{},
            format,
            std::move(file.tensors),
            std::move(file.layers),
            std::move(file.metadata),
            std::move(file.guessed),
            std::move(file.notes)};
}

WeightsFile readByContent(const ByteSource& source, const std::stop_token& stop) {
    if (ZipArchive::looksLikeZip(source)) {
        const ZipArchive archive(source);
        if (looksLikeKerasArchive(archive))
            return readKeras(readKerasArchive(source, archive, stop), WeightsFormat::KerasArchive);
        return readTorch(readTorchZip(source, archive));
    }
    if (looksLikeTorchLegacy(source))
        return readTorch(readTorchLegacy(source));
    if (looksLikeHdf5(source))
        return readKeras(readKerasHdf5(source, stop), WeightsFormat::Hdf5);
    refuseOtherFormats(source);
    SafetensorsFile file = readSafetensors(source);
    std::vector<std::string> notes;
    renameToTorchvision(file.tensors, notes);
    return {{},
            WeightsFormat::Safetensors,
            std::move(file.tensors),
            {},
            std::move(file.metadata),
            {},
            std::move(notes)};
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

WeightsFile readWeights(const std::string& path, const std::stop_token& stop) {
    const auto source = openFile(path);
    WeightsFile file = readByContent(*source, stop);
    file.path = path;
    return file;
}

}  // namespace resnet
