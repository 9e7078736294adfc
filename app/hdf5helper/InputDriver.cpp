#include "app/hdf5helper/InputDriver.h"

#include "core/Error.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <limits>
#include <new>
#include <unistd.h>

namespace resnet::hdf5 {

namespace {

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

}  // namespace

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

}  // namespace resnet::hdf5
