#include "app/hdf5helper/Walk.h"

#include "core/Error.h"
#include "core/tensor/Tensor.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace resnet::hdf5 {

namespace {

constexpr int deepest = 24;
constexpr std::size_t mostObjects = 50'000;
constexpr std::size_t longestName = 512;
constexpr int mostDimensions = 8;
constexpr std::uint64_t largestTotal = std::uint64_t(4) << 30;
constexpr std::uint64_t largestRatio = 1000;

// What training left in the file besides the network's own numbers.
bool isOfTraining(const std::string& name) {
    constexpr std::array<std::string_view, 6> names{"optimizer", "_optimizer",      "optimizer_weights",
                                                    "metrics",   "compile_metrics", "_compile_metrics"};
    return std::ranges::find(names, name) != names.end();
}

}  // namespace

std::vector<Dataset> Walk::run() {
    const Handle root(H5Gopen2(m_file, "/", H5P_DEFAULT), H5Gclose);
    if (!root.isValid())
        throw Error("is damaged: it has no root group");
    visitGroup(root, "", 0);
    if (m_datasets.empty())
        throw Error("holds no datasets of numbers");
    return std::move(m_datasets);
}

void Walk::visitGroup(hid_t group, const std::string& path, int depth) {
    H5O_info_t info{};
    if (H5Oget_info2(group, &info, H5O_INFO_BASIC) < 0)
        throw Error("group '" + path + "' is damaged");
    if (!m_groups.insert(info.addr).second)
        throw Error("group '" + path + "' is linked twice");
    if (depth > deepest)
        throw Error("groups are nested more than " + std::to_string(deepest) + " deep");
    H5G_info_t groupInfo{};
    if (H5Gget_info(group, &groupInfo) < 0)
        throw Error("group '" + path + "' is damaged");
    for (hsize_t i = 0; i < groupInfo.nlinks; ++i) {
        if (++m_objects > mostObjects)
            throw Error("has more than " + std::to_string(mostObjects) + " objects");
        std::array<char, longestName + 1> name{};
        const ssize_t length = H5Lget_name_by_idx(group, ".", H5_INDEX_NAME, H5_ITER_INC, i, name.data(),
                                                  name.size(), H5P_DEFAULT);
        if (length <= 0 || std::size_t(length) > longestName)
            throw Error("group '" + path + "' is damaged: a link has no usable name");
        visitLink(group, path, name.data(), depth);
    }
}

void Walk::visitLink(hid_t group, const std::string& path, const std::string& name, int depth) {
    const std::string whole = path.empty() ? name : path + "/" + name;
    H5L_info_t link{};
    if (H5Lget_info(group, name.c_str(), &link, H5P_DEFAULT) < 0)
        throw Error("the link '" + whole + "' is damaged");
    if (link.type == H5L_TYPE_EXTERNAL)
        throw Error("'" + whole + "' is a link to another file, which is not followed");
    if (link.type != H5L_TYPE_HARD)
        throw Error("'" + whole + "' is a soft link, which is not followed");
    if (path.empty() && isOfTraining(name))
        return;
    const Handle object(H5Oopen(group, name.c_str(), H5P_DEFAULT), H5Oclose);
    if (!object.isValid())
        throw Error("'" + whole + "' is damaged");
    const H5I_type_t type = H5Iget_type(object);
    if (type == H5I_GROUP)
        visitGroup(object, whole, depth + 1);
    else if (type == H5I_DATASET)
        visitDataset(object, whole);
}

void Walk::visitDataset(hid_t dataset, const std::string& path) {
    const Handle type(H5Dget_type(dataset), H5Tclose);
    const Handle space(H5Dget_space(dataset), H5Sclose);
    if (!type.isValid() || !space.isValid())
        throw Error("'" + path + "' is damaged");
    checkStorage(dataset, path);
    const H5T_class_t kind = H5Tget_class(type);
    if (kind == H5T_INTEGER || kind == H5T_ENUM)
        return;
    if (kind != H5T_FLOAT)
        throw Error("'" + path + "': expected floating-point numbers, found " +
                    (kind == H5T_STRING ? "text" : "something else"));

    const int rank = H5Sget_simple_extent_ndims(space);
    std::array<hsize_t, mostDimensions> extents{};
    if (rank < 0 || rank > mostDimensions)
        throw Error("'" + path + "': expected at most 8 dimensions, found " + std::to_string(rank));
    H5Sget_simple_extent_dims(space, extents.data(), nullptr);
    Dataset found{path, {extents.begin(), extents.begin() + rank}};
    const std::uint64_t count = std::uint64_t(elementCount(found.shape));
    const std::uint64_t stored = H5Dget_storage_size(dataset);
    // Padded float types could read as others; what keeps them honest is that their bytes are in the file.
    const bool isBomb = count > largestTotal / sizeof(float) ||
                        count * sizeof(float) > largestRatio * std::min(stored, m_fileSize) ||
                        (m_declared += count * sizeof(float)) > largestTotal;
    if (isBomb)
        throw Error("'" + path + "': a shape of " + shapeText(found.shape) + ", but only " +
                    std::to_string(stored) + " bytes are stored");
    m_datasets.push_back(std::move(found));
}

void Walk::checkStorage(hid_t dataset, const std::string& path) const {
    const Handle properties(H5Dget_create_plist(dataset), H5Pclose);
    if (!properties.isValid())
        throw Error("'" + path + "' is damaged");
    if (H5Pget_external_count(properties) != 0)
        throw Error("'" + path + "' keeps its numbers in another file, which is not read");
    const H5D_layout_t layout = H5Pget_layout(properties);
    if (layout == H5D_VIRTUAL)
        throw Error("'" + path + "' is a virtual dataset, which is not read");
    if (layout != H5D_CONTIGUOUS && layout != H5D_CHUNKED && layout != H5D_COMPACT)
        throw Error("'" + path + "' has an unknown storage layout");
    const int filters = layout == H5D_CHUNKED ? H5Pget_nfilters(properties) : 0;
    for (int i = 0; i < filters; ++i) {
        unsigned flags = 0;
        std::size_t parameters = 0;
        const H5Z_filter_t filter =
            H5Pget_filter2(properties, unsigned(i), &flags, &parameters, nullptr, 0, nullptr, nullptr);
        if (filter != H5Z_FILTER_DEFLATE && filter != H5Z_FILTER_SHUFFLE && filter != H5Z_FILTER_FLETCHER32)
            throw Error("'" + path + "' is packed with filter " + std::to_string(filter) +
                        ", which is not known; known are gzip, shuffle and fletcher32");
    }
}

}  // namespace resnet::hdf5
