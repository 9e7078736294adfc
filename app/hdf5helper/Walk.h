#pragma once

#include "app/hdf5helper/Hdf5File.h"

#include <set>

namespace resnet::hdf5 {

// Goes through all groups of a file and collects its datasets; refuses what Hdf5File::datasets() says.
class Walk {
public:
    Walk(hid_t file, std::uint64_t fileSize) : m_file(file), m_fileSize(fileSize) {}
    std::vector<Dataset> run();

private:
    void visitGroup(hid_t group, const std::string& path, int depth);
    void visitLink(hid_t group, const std::string& path, const std::string& name, int depth);
    void visitDataset(hid_t dataset, const std::string& path);
    void checkStorage(hid_t dataset, const std::string& path) const;

    hid_t m_file;
    std::uint64_t m_fileSize;
    std::uint64_t m_declared = 0;  // bytes as float32
    std::size_t m_objects = 0;
    std::set<haddr_t> m_groups;
    std::vector<Dataset> m_datasets;
};

}  // namespace resnet::hdf5
