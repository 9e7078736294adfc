#include "app/hdf5helper/Hdf5File.h"

#include "app/hdf5helper/InputDriver.h"
#include "app/hdf5helper/Walk.h"
#include "core/Error.h"
#include "core/tensor/Tensor.h"

#include <cstring>

namespace resnet::hdf5 {

namespace {

constexpr std::size_t longestText = 8 * 1024 * 1024;
constexpr hsize_t mostNames = 65'536;

Handle openQuietly(std::uint64_t offset, std::uint64_t length) {
    H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
    H5PLset_loading_state(0);  // no filters from files
    return openInput(offset, length);
}

// Text of fixed or variable length; nothing if the attribute is no text.
std::vector<std::string> readTexts(hid_t attribute) {
    const Handle type(H5Aget_type(attribute), H5Tclose);
    const Handle space(H5Aget_space(attribute), H5Sclose);
    if (!type.isValid() || !space.isValid() || H5Tget_class(type) != H5T_STRING)
        return {};
    const hssize_t count = H5Sget_simple_extent_npoints(space);
    if (count < 0 || hsize_t(count) > mostNames)
        throw Error("an attribute has too many entries");
    if (count == 0)
        return {};
    std::vector<std::string> texts;
    if (H5Tis_variable_str(type) > 0) {
        std::vector<char*> pointers(std::size_t(count), nullptr);
        const Handle memoryType(H5Tcopy(type), H5Tclose);
        if (H5Aread(attribute, memoryType, pointers.data()) < 0)
            throw Error("an attribute is damaged");
        for (const char* pointer : pointers)
            texts.emplace_back(pointer == nullptr ? "" : std::string(pointer, strnlen(pointer, longestText)));
        H5Dvlen_reclaim(memoryType, space, H5P_DEFAULT, pointers.data());
        return texts;
    }
    const std::size_t length = H5Tget_size(type);
    if (length == 0 || length > longestText || std::size_t(count) > longestText / length)
        throw Error("an attribute is too large");
    std::vector<char> bytes(length * std::size_t(count));
    const Handle memoryType(H5Tcopy(type), H5Tclose);
    if (H5Aread(attribute, memoryType, bytes.data()) < 0)
        throw Error("an attribute is damaged");
    for (std::size_t i = 0; i < std::size_t(count); ++i)
        texts.emplace_back(bytes.data() + i * length, strnlen(bytes.data() + i * length, length));
    return texts;
}

std::vector<std::string> textsOf(hid_t object, const std::string& attributeName) {
    if (H5Aexists(object, attributeName.c_str()) <= 0)
        return {};
    const Handle attribute(H5Aopen(object, attributeName.c_str(), H5P_DEFAULT), H5Aclose);
    return attribute.isValid() ? readTexts(attribute) : std::vector<std::string>{};
}

std::string textOf(hid_t object, const std::string& attributeName) {
    const std::vector<std::string> texts = textsOf(object, attributeName);
    return texts.empty() ? std::string() : texts.front();
}

// Keras splits a list that is too long for an attribute over layer_names0, layer_names1, ...
std::vector<std::string> listOf(hid_t object, const std::string& attributeName) {
    std::vector<std::string> names = textsOf(object, attributeName);
    for (int part = 0; part < 1000; ++part) {
        const std::vector<std::string> more = textsOf(object, attributeName + std::to_string(part));
        if (more.empty())
            break;
        names.insert(names.end(), more.begin(), more.end());
    }
    return names;
}

void readWeightNames(hid_t group, Description& description) {
    for (const std::string& layer : description.layerNames) {
        if (layer.empty() || H5Lexists(group, layer.c_str(), H5P_DEFAULT) <= 0)
            continue;
        const Handle of(H5Oopen(group, layer.c_str(), H5P_DEFAULT), H5Oclose);
        if (!of.isValid())
            continue;
        std::vector<std::string> names = listOf(of, "weight_names");
        if (!names.empty())
            description.weightNames.emplace(layer, std::move(names));
    }
}

}  // namespace

Hdf5File::Hdf5File(std::uint64_t offset, std::uint64_t length)
    : m_file(openQuietly(offset, length)), m_size(length) {}

std::vector<Dataset> Hdf5File::datasets() const {
    return Walk(m_file, m_size).run();
}

Description Hdf5File::description(const std::set<std::string>& groups) const {
    Description description;
    description.modelConfig = textOf(m_file, "model_config");
    description.kerasVersion = textOf(m_file, "keras_version");
    description.backend = textOf(m_file, "backend");
    description.layerNames = listOf(m_file, "layer_names");
    if (description.layerNames.empty() && H5Lexists(m_file, "model_weights", H5P_DEFAULT) > 0) {
        const Handle group(H5Oopen(m_file, "model_weights", H5P_DEFAULT), H5Oclose);
        if (group.isValid())
            description.layerNames = listOf(group, "layer_names");
    }
    for (const char* root : {"model_weights", "/"}) {
        if (!description.weightNames.empty() || H5Lexists(m_file, root, H5P_DEFAULT) < 0)
            continue;
        const Handle group(H5Oopen(m_file, root, H5P_DEFAULT), H5Oclose);
        if (group.isValid())
            readWeightNames(group, description);
    }
    for (const std::string& path : groups) {
        const Handle group(H5Oopen(m_file, path.c_str(), H5P_DEFAULT), H5Oclose);
        const std::string name = group.isValid() ? textOf(group, "name") : std::string();
        if (!name.empty())
            description.groupNames.emplace(path.ends_with("/vars") ? path.substr(0, path.size() - 5) : path,
                                           name);
    }
    return description;
}

std::vector<float> Hdf5File::read(const Dataset& dataset) const {
    const Handle opened(H5Dopen2(m_file, dataset.path.c_str(), H5P_DEFAULT), H5Dclose);
    std::vector<float> values(std::size_t(elementCount(dataset.shape)));
    if (!opened.isValid() ||
        H5Dread(opened, H5T_NATIVE_FLOAT, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()) < 0)
        throw Error("'" + dataset.path + "' is damaged: its numbers cannot be read");
    return values;
}

}  // namespace resnet::hdf5
