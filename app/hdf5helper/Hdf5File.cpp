#include "app/hdf5helper/Hdf5File.h"

#include "app/hdf5helper/Walk.h"
#include "core/Error.h"
#include "core/tensor/Tensor.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <limits>
#include <new>
#include <unistd.h>

namespace resnet::hdf5 {

namespace {

// Where an HDF5 file lies in standard input.
struct Part {
    std::uint64_t offset = 0;
    std::uint64_t length = 0;
};

// A file of ours as libhdf5 knows it. `common` stands first, so that both have one address.
struct InputFile {
    H5FD_t common{};
    Part part;
    haddr_t allocated = 0;  // its end as the file's structures claim it
};

const InputFile* inputFile(const H5FD_t* file) {
    return reinterpret_cast<const InputFile*>(file);
}

H5FD_t* openFile(const char*, unsigned flags, hid_t access, haddr_t) {
    const auto* part = static_cast<const Part*>(H5Pget_driver_info(access));
    if (flags != H5F_ACC_RDONLY || part == nullptr)
        return nullptr;
    auto* file = new (std::nothrow) InputFile;
    if (file == nullptr)
        return nullptr;
    file->part = *part;
    return &file->common;
}

herr_t closeFile(H5FD_t* file) {
    delete inputFile(file);
    return 0;
}

herr_t query(const H5FD_t*, unsigned long* features) {
    *features = H5FD_FEAT_ACCUMULATE_METADATA_READ | H5FD_FEAT_DATA_SIEVE;
    return 0;
}

haddr_t allocatedEnd(const H5FD_t* file, H5FD_mem_t) {
    return inputFile(file)->allocated;
}

herr_t setAllocatedEnd(H5FD_t* file, H5FD_mem_t, haddr_t end) {
    reinterpret_cast<InputFile*>(file)->allocated = end;
    return 0;
}

haddr_t end(const H5FD_t* file, H5FD_mem_t) {
    return inputFile(file)->part.length;
}

// What lies behind the end of the file reads as zeros, as with libhdf5's own drivers.
herr_t read(H5FD_t* file, H5FD_mem_t, hid_t, haddr_t address, std::size_t size, void* buffer) {
    const Part& part = inputFile(file)->part;
    if (address == HADDR_UNDEF || address > part.length)
        return -1;
    auto* to = static_cast<char*>(buffer);
    const auto there = std::size_t(std::min<std::uint64_t>(size, part.length - address));
    std::memset(to + there, 0, size - there);
    for (std::size_t done = 0; done < there;) {
        const ssize_t got =
            ::pread(STDIN_FILENO, to + done, there - done, off_t(part.offset + address + done));
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return -1;
        done += std::size_t(got);
    }
    return 0;
}

herr_t refuseToWrite(H5FD_t*, H5FD_mem_t, hid_t, haddr_t, std::size_t, const void*) {
    return -1;
}

H5FD_class_t makeDriver() {
    H5FD_class_t driver{};  // what is left empty, libhdf5 does itself
    driver.name = "input";
    driver.maxaddr = std::numeric_limits<off_t>::max();
    driver.fc_degree = H5F_CLOSE_WEAK;
    driver.fapl_size = sizeof(Part);
    driver.open = openFile;
    driver.close = closeFile;
    driver.query = query;
    driver.get_eoa = allocatedEnd;
    driver.set_eoa = setAllocatedEnd;
    driver.get_eof = end;
    driver.read = read;
    driver.write = refuseToWrite;
    return driver;
}

// Opens `length` bytes at `offset` of standard input, which is a file, as an HDF5 file. They are read where
// and when libhdf5 asks for them, so that the file is never in memory as a whole, and nothing else can be
// reached. Throws Error if it cannot be opened.
Handle openInput(std::uint64_t offset, std::uint64_t length) {
    static const H5FD_class_t driver = makeDriver();
    const Handle access(H5Pcreate(H5P_FILE_ACCESS), H5Pclose);
    const Part part{offset, length};
    if (H5Pset_driver(access, H5FDregister(&driver), &part) < 0)
        throw Error("cannot be read: libhdf5 does not take our driver");
    Handle file(H5Fopen("input", H5F_ACC_RDONLY, access), H5Fclose);
    if (!file.isValid())
        throw Error("is damaged or no HDF5 file: it cannot be opened");
    return file;
}

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
