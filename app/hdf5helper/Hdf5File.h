#pragma once

#include <hdf5.h>

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace resnet::hdf5 {

// An HDF5 identifier and how it is closed.
class Handle {
public:
    using Close = herr_t (*)(hid_t);

    Handle(hid_t id, Close close) : m_id(id), m_close(close) {}
    ~Handle() {
        if (m_id >= 0)
            m_close(m_id);
    }
    Handle(Handle&& other) noexcept : m_id(std::exchange(other.m_id, -1)), m_close(other.m_close) {}
    Handle(const Handle&) = delete;
    Handle& operator=(const Handle&) = delete;

    operator hid_t() const { return m_id; }
    bool isValid() const { return m_id >= 0; }

private:
    hid_t m_id;
    Close m_close;
};

// A dataset of floating-point numbers, under its path without the slash in front.
struct Dataset {
    std::string path;
    std::vector<std::int64_t> shape;
};

// What a Keras file has besides its numbers.
struct Description {
    std::string modelConfig;  // JSON; this and the others are empty if the file has none
    std::string kerasVersion;
    std::string backend;
    std::vector<std::string> layerNames;                          // in order
    std::map<std::string, std::vector<std::string>> weightNames;  // by layer, each in order
    std::map<std::string, std::string> groupNames;  // of layers, by the group that has their variables
};

// An HDF5 file that is a part of standard input, opened so that nothing outside of it can be reached. All
// functions throw Error.
class Hdf5File {
public:
    Hdf5File(std::uint64_t offset, std::uint64_t length);

    // Every dataset of floating-point numbers except an optimizer's and the metrics'; integers (seeds,
    // counters) are left out. Refuses links that are not hard ones, cycles, external and virtual storage,
    // unknown filters, text in place of numbers, and more than is plausible for the size of the file.
    std::vector<Dataset> datasets() const;
    // `groups` are those that hold datasets: what they are called is read, too.
    Description description(const std::set<std::string>& groups) const;
    std::vector<float> read(const Dataset& dataset) const;

private:
    Handle m_file;
    std::uint64_t m_size;
};

}  // namespace resnet::hdf5
