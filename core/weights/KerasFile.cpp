#include "core/weights/KerasFile.h"

#include "core/Error.h"
#include "core/files/BoundedJson.h"
#include "core/files/ZipArchive.h"
#include "core/weights/ElementType.h"
#include "core/weights/HelperProcess.h"
#include "core/weights/KerasCalls.h"
#include "core/weights/KerasGraph.h"
#include "core/weights/KerasNames.h"
#include "core/weights/SafetensorsReader.h"

#include <algorithm>

namespace resnet {

namespace {

constexpr std::string_view hdf5Signature("\x89HDF\r\n\x1a\n", 8);
constexpr const char* weightsEntry = "model.weights.h5";
constexpr const char* configEntry = "config.json";
constexpr const char* metadataEntry = "metadata.json";
constexpr std::uint64_t largestConfig = std::uint64_t(8) * 1024 * 1024;
constexpr std::size_t mostLayerNames = 65'536;

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

nlohmann::json parsedMetadata(const Metadata& metadata, const char* key, int deepest) {
    const auto found = metadata.find(key);
    return found == metadata.end() ? nlohmann::json() : parseJson(found->second, deepest, mostLayerNames);
}

std::vector<std::string> namesIn(const nlohmann::json& list) {
    std::vector<std::string> names;
    if (list.is_array())
        for (const auto& name : list)
            if (name.is_string())
                names.push_back(name.get<std::string>());
    return names;
}

KerasOwnership ownershipIn(const Metadata& metadata) {
    KerasOwnership ownership;
    const nlohmann::json lists = parsedMetadata(metadata, "weight_names", 2);
    if (lists.is_object())
        for (const auto& [layer, list] : lists.items())
            ownership.weightNames[layer] = namesIn(list);
    const nlohmann::json groups = parsedMetadata(metadata, "group_names", 1);
    if (groups.is_object())
        for (const auto& [group, layer] : groups.items())
            if (layer.is_string())
                ownership.layerOfGroup[group] = layer.get<std::string>();
    return ownership;
}

// What is left out of a file must not go unnoticed: it is read under its own path, and reported later.
std::string nameOf(const std::map<std::string, std::string, std::less<>>& names, const std::string& path) {
    const auto found = names.find(path);
    return found == names.end() ? path : found->second;
}

// Without a configuration layers are told by their shapes, which takes a batch norm for every convolution.
void refuseUnevenNorms(const std::vector<KerasVariable>& variables) {
    std::size_t convolutions = 0, norms = 0;
    for (const KerasLayer& layer : layersOf(variables, {})) {
        convolutions += layer.kind == KerasLayer::Kind::Convolution;
        norms += layer.kind == KerasLayer::Kind::BatchNorm;
    }
    if (convolutions > 2 && convolutions != norms)
        throw Error(
            "holds " + std::to_string(convolutions) + " convolutions and " + std::to_string(norms) +
            " batch norms: which convolution, a projection perhaps, has no batch norm is only said by a "
            "configuration, which this file has not; save the whole model");
}

nlohmann::json parsedConfig(const std::string& config) {
    constexpr int deepest = 48;
    constexpr std::size_t mostParts = 400'000;
    if (config.empty())
        return {};
    nlohmann::json parsed = parseJson(config, deepest, mostParts);
    if (parsed.is_discarded())
        throw Error("the model's configuration is broken JSON, or nests too deep or is too long to be one");
    return parsed;
}

std::string versionIn(const ZipArchive& archive) {
    const ZipEntry* entry = archive.find(metadataEntry);
    if (entry == nullptr)
        return {};
    const nlohmann::json json = parseJson(archive.readText(*entry, largestConfig), 2, mostLayerNames);
    return textIn(json, "keras_version");
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
    std::map<std::string, Tensor, std::less<>> tensors;
    for (const SafetensorsEntry& entry : header.tensors) {  // in the order of the bytes
        Tensor tensor{entry.shape, {}};
        allocateValues(tensor.values, (entry.end - entry.begin) / sizeof(float));
        decode(source, entry.type, tensor.values.data(), tensor.values.size());
        tensors.emplace(entry.name, std::move(tensor));
    }
    KerasGraph graph;
    KerasGraphNodes nodes;
    std::map<std::string, std::string, std::less<>> names;
    std::set<std::string, std::less<>> preparation;  // variables of layers that prepare pictures
    try {
        nodes = kerasNodes(parsedConfig(config));
        if (!nodes.nodes.empty()) {
            const KerasOwnership ownership = ownershipIn(header.metadata);
            const KerasVariables owned(variables, ownership, nodes.nodes);
            const KerasValues valuesOf = [&](const KerasNode& node) {
                std::vector<std::vector<float>> values;
                for (const KerasVariable* variable : owned.of(node)) {
                    preparation.insert(variable->path);
                    if (const auto found = tensors.find(variable->path); found != tensors.end())
                        values.push_back(found->second.values);
                }
                return values;
            };
            graph = readKerasGraph(nodes, origin, owned, valuesOf);
            names = std::move(graph.parameters);
        } else {
            names = torchvisionNames(variables, namesIn(parsedMetadata(header.metadata, "layer_names", 1)));
            refuseUnevenNorms(variables);
            completeKerasSettings(origin, graph);
        }
    } catch (const Error& error) {
        throw Error(source.name() + ": " + error.what(), error.details());
    }
    KerasFile file{{}, {}, std::move(graph.metadata), std::move(graph.guessed), std::move(graph.notes)};
    if (!nodes.nodes.empty())
        file.layers = std::move(graph.layers);
    for (auto& [path, tensor] : tensors) {
        if (preparation.contains(path))
            continue;
        const std::string target = nameOf(names, path);
        if (!file.tensors.emplace(target, inTorchLayout(std::move(tensor))).second)
            throw Error(source.name() + ": '" + path + "': another variable has its place, " + target);
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
