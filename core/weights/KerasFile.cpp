#include "core/weights/KerasFile.h"

#include "core/Error.h"
#include "core/files/BoundedJson.h"
#include "core/files/ZipArchive.h"
#include "core/weights/ElementType.h"
#include "core/weights/HelperProcess.h"
#include "core/weights/KerasConfig.h"
#include "core/weights/KerasNames.h"
#include "core/weights/SafetensorsReader.h"

#include <algorithm>

namespace resnet {

namespace {

constexpr std::string_view hdf5Signature("\x89HDF\r\n\x1a\n", 8);
constexpr const char* weightsEntry = "model.weights.h5";
constexpr const char* configEntry = "config.json";
constexpr const char* metadataEntry = "metadata.json";
constexpr std::uint64_t largestConfig = 8 * 1024 * 1024;
constexpr std::size_t mostLayers = 65'536;

// height x width x in x out -> out x in x height x width
Tensor transposedKernel(const Tensor& from) {
    const std::int64_t pixels = from.shape[0] * from.shape[1], in = from.shape[2], out = from.shape[3];
    Tensor to{{out, in, from.shape[0], from.shape[1]}, {}};
    allocateValues(to.values, from.values.size());
    for (std::int64_t pixel = 0; pixel < pixels; ++pixel)
        for (std::int64_t i = 0; i < in; ++i)
            for (std::int64_t o = 0; o < out; ++o)
                to.values[std::size_t((o * in + i) * pixels + pixel)] =
                    from.values[std::size_t((pixel * in + i) * out + o)];
    return to;
}

// in x out -> out x in
Tensor transposedMatrix(const Tensor& from) {
    const std::int64_t in = from.shape[0], out = from.shape[1];
    Tensor to{{out, in}, {}};
    allocateValues(to.values, from.values.size());
    for (std::int64_t i = 0; i < in; ++i)
        for (std::int64_t o = 0; o < out; ++o)
            to.values[std::size_t(o * in + i)] = from.values[std::size_t(i * out + o)];
    return to;
}

Tensor inTorchLayout(Tensor tensor) {
    if (tensor.shape.size() == 4)
        return transposedKernel(tensor);
    if (tensor.shape.size() == 2)
        return transposedMatrix(tensor);
    return tensor;
}

std::vector<std::string> layerOrder(const Metadata& metadata) {
    const auto found = metadata.find("layer_names");
    if (found == metadata.end())
        return {};
    const nlohmann::json list = parseJson(found->second, 1, mostLayers);
    std::vector<std::string> names;
    if (list.is_array())
        for (const auto& name : list)
            if (name.is_string())
                names.push_back(name.get<std::string>());
    return names;
}

// What is left out of a file must not go unnoticed: it is read under its own path, and reported later.
std::string nameOf(const std::map<std::string, std::string, std::less<>>& names, const std::string& path) {
    const auto found = names.find(path);
    return found == names.end() ? path : found->second;
}

std::string versionIn(const ZipArchive& archive) {
    const ZipEntry* entry = archive.find(metadataEntry);
    if (entry == nullptr)
        return {};
    const nlohmann::json json = parseJson(archive.readText(*entry, largestConfig), 2, mostLayers);
    const auto found = json.is_object() ? json.find("keras_version") : json.end();
    return found != json.end() && found->is_string() ? found->get<std::string>() : std::string();
}

}  // namespace

bool looksLikeHdf5(const ByteSource& source) {
    return source.size() >= hdf5Signature.size() && source.readText(0, hdf5Signature.size()) == hdf5Signature;
}

bool looksLikeKerasArchive(const ZipArchive& archive) {
    return archive.find(weightsEntry) != nullptr ||
           (archive.find(configEntry) != nullptr && archive.find(metadataEntry) != nullptr);
}

KerasFile readKerasVariables(SequentialSource& source, std::string config, KerasOrigin origin) {
    const SafetensorsHeader header = readSafetensorsHeader(source);
    const auto take = [&](const char* key, std::string& into) {
        if (const auto found = header.metadata.find(key); found != header.metadata.end())
            into = found->second;
    };
    take("model_config", config);
    take("keras_version", origin.version);
    take("backend", origin.backend);
    std::vector<KerasVariable> variables;
    for (const SafetensorsEntry& entry : header.tensors) {
        if (entry.type != ElementType::F32)
            throw Error(source.name() + ": '" + entry.name + "': expected F32, found " +
                        std::string(name(entry.type)));
        variables.push_back({entry.name, entry.shape});
    }
    const auto names = torchvisionNames(variables, layerOrder(header.metadata));

    KerasSettings settings = readKerasConfig(config, origin);
    KerasFile file{{}, std::move(settings.metadata), std::move(settings.guessed), std::move(settings.notes)};
    for (const SafetensorsEntry& entry : header.tensors) {  // in the order of the bytes
        Tensor tensor{entry.shape, {}};
        allocateValues(tensor.values, (entry.end - entry.begin) / sizeof(float));
        decode(source, entry.type, tensor.values.data(), tensor.values.size());
        const std::string target = nameOf(names, entry.name);
        if (!file.tensors.emplace(target, inTorchLayout(std::move(tensor))).second)
            throw Error(source.name() + ": '" + entry.name + "': another variable has its place, " + target);
    }
    if (file.tensors.empty())
        throw Error(source.name() + ": holds no tensors");
    return file;
}

KerasFile readKerasHdf5(const ByteSource& source, const std::stop_token& stop) {
    HelperProcess helper(source, 0, source.size(), stop);
    return readKerasVariables(helper, {}, {});
}

KerasFile readKerasArchive(const ByteSource& source, const ZipArchive& archive, const std::stop_token& stop) {
    const ZipEntry* weights = archive.find(weightsEntry);
    if (weights == nullptr)
        throw Error(source.name() + ": expected model.weights.h5 in the Keras archive, found none");
    std::string config;
    if (const ZipEntry* entry = archive.find(configEntry))
        config = archive.readText(*entry, largestConfig);
    const ZipEntryFile entry = archive.openEntry(*weights);
    HelperProcess helper(*entry.file, entry.begin, entry.size, stop);
    return readKerasVariables(helper, std::move(config), {versionIn(archive), {}});
}

}  // namespace resnet
