#include "core/weights/WeightsFile.h"

#include "core/Error.h"
#include "core/files/ByteSource.h"
#include "core/files/ZipArchive.h"
#include "core/tensor/NumberText.h"
#include "core/weights/KerasFile.h"
#include "core/weights/NetworkNames.h"
#include "core/weights/OtherFormats.h"
#include "core/weights/SafetensorsReader.h"
#include "core/weights/TorchFile.h"

#include <algorithm>
#include <array>
#include <set>

namespace resnet {

namespace {

std::string listText(const std::array<float, 3>& values) {
    std::string text;
    for (const float value : values)
        text += (text.empty() ? "[" : ",") + numberText(value);
    return text + "]";
}

// A layer in front of the network becomes the way in which pictures are prepared.
void useNormaliseLayer(const TensorFile& file, const NormaliseLayer& layer, WeightsFile& result) {
    const StateDict tensors = file.read({{layer.mean, "mean"}, {layer.deviation, "std"}});
    const auto three = [&](const std::string& name) {
        const std::vector<float>& values = tensors.at(name).values;
        std::array<float, 3> all{};
        for (std::size_t i = 0; i < 3; ++i)
            all[i] = values[values.size() == 3 ? i : 0];
        return all;
    };
    const std::array<float, 3> mean = three("mean");
    const bool isOfBytes = *std::ranges::max_element(mean) > 1.5f;
    const bool isSaid = !result.metadata.emplace("mean", listText(mean)).second;
    if (isSaid)
        return;
    result.metadata.insert_or_assign("std", listText(three("std")));
    result.metadata.emplace("scale", isOfBytes ? "1" : "0.00392156862745098");
    result.metadata.emplace("resize", "256");
    result.notes.push_back("A layer in front of the network" +
                           (layer.path.empty() ? "" : ", '" + layer.path + "',") + " takes the mean " +
                           result.metadata.at("mean") + " from pixels of 0 to " + (isOfBytes ? "255" : "1") +
                           " and divides by " + result.metadata.at("std") +
                           ": pictures are prepared so, and tensors are given behind it.");
}

// Numbers of other kinds than float32.
void noteTypes(const TensorFile& file, const TensorNames& names, std::vector<std::string>& notes) {
    std::set<ElementType> types;
    for (const auto& [place, newName] : names)
        types.insert(file.tensors()[place].type);
    for (const ElementType type : types)
        if (isDecodable(type) && type != ElementType::F32)
            notes.push_back("Its numbers are " + std::string(name(type)) + ", computed as F32.");
}

WeightsFile readNamed(const TensorFile& file, WeightsFormat format, const std::string& copy,
                      Metadata metadata, const std::vector<std::string>& otherEntries = {}) {
    WeightsFile result;
    result.format = format;
    result.metadata = std::move(metadata);
    NetworkNames found = nameNetwork(file, copy, otherEntries);
    result.notes = std::move(found.notes);
    result.problem = std::move(found.problem);
    if (found.normaliseLayer)
        useNormaliseLayer(file, *found.normaliseLayer, result);
    result.parameters = file.read(found.names);
    if (format == WeightsFormat::PyTorch)
        noteTypes(file, found.names, result.notes);
    return result;
}

WeightsFile readTorch(const TorchFile& file, const std::string& copy) {
    WeightsFile result = readNamed(file, WeightsFormat::PyTorch, copy, {}, file.others());
    result.notes.insert(result.notes.end(), file.notes().begin(), file.notes().end());
    return result;
}

WeightsFile readKeras(KerasFile file, WeightsFormat format) {
    return {{},
            format,
            std::move(file.tensors),
            std::move(file.layers),
            std::move(file.metadata),
            std::move(file.guessed),
            std::move(file.notes),
            {}};
}

WeightsFile readByContent(const ByteSource& source, const std::stop_token& stop, const std::string& copy) {
    if (ZipArchive::looksLikeZip(source)) {
        const ZipArchive archive(source);
        if (looksLikeKerasArchive(archive))
            return readKeras(readKerasArchive(source, archive, stop), WeightsFormat::KerasArchive);
        return readTorch(openTorchZip(source, archive), copy);
    }
    if (looksLikeTorchLegacy(source))
        return readTorch(openTorchLegacy(source), copy);
    if (looksLikeHdf5(source))
        return readKeras(readKerasHdf5(source, stop), WeightsFormat::Hdf5);
    refuseOtherFormats(source);
    const SafetensorsFile file(source);
    return readNamed(file, WeightsFormat::Safetensors, copy, file.metadata());
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

WeightsFile readWeights(const std::string& path, const std::stop_token& stop, const std::string& copy) {
    const auto source = openFile(path, stop);
    WeightsFile file = readByContent(*source, stop, copy);
    file.path = path;
    return file;
}

}  // namespace resnet
